#!/usr/bin/env python3
"""Proves that no file includes what its layer may not (layers.txt). Usage: check_layers.py <repo>."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])


def kind_of(folder):
    parts = folder.split("/")
    return f"{parts[0]}/*" if len(parts) > 1 and parts[0] in ("protocols", "modules", "adapters", "apps") else parts[0]


rules = {}
for line in (root / "layers.txt").read_text().splitlines():
    if line.strip() and not line.startswith("#"):
        kind, _, allowed = line.partition(":")
        rules[kind.strip()] = allowed.split()

known = {p.name for p in (root / "src").iterdir() if p.is_dir()}
faults, checked = [], 0
for path in sorted((root / "src").rglob("*")):
    if path.suffix not in (".cpp", ".hpp", ".inc"):
        continue
    relative = path.relative_to(root / "src")
    home = "/".join(relative.parts[:2]) if relative.parts[0] in ("protocols", "modules", "adapters", "apps") else relative.parts[0]
    checked += 1
    if kind_of(home) not in rules:
        faults.append(f"src/{relative}: the folder {home} is not in layers.txt")
        continue
    for number, line in enumerate(path.read_text().splitlines(), 1):
        include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not include:
            continue
        target = include.group(1)
        top = target.split("/")[0]
        if top not in known:
            faults.append(f'src/{relative}:{number}: write the full path from src/ instead of "{target}"')
            continue
        parts = target.split("/")
        other = "/".join(parts[:2]) if top in ("protocols", "modules", "adapters", "apps") else top
        if other == home or kind_of(other) in rules[kind_of(home)]:
            continue
        # A test may use the real store and the testing helpers: it is wiring.
        if (path.stem.endswith(("_test", "_sim", "_fuzz", "_bench")) or path.stem.startswith("testing_")) and top in ("adapters", "modules", "sync", "kernel", "base", "protocols"):
            continue
        faults.append(f"src/{relative}:{number}: {home} may not include {target}")
print(f"{checked} files checked against layers.txt")
for fault in faults:
    print(fault)
if checked == 0:
    sys.exit("no file found: wrong folder?")
sys.exit(1 if faults else 0)
