#!/usr/bin/env python3
"""Every test that the threat model and the page on data protection name exists. Usage: check_threats.py <repo>."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
pages = {name: (root / "docs" / name).read_text() for name in ("threat-model-tests.md", "data-protection.md")}
cpp = "\n".join(path.read_text() for folder in ("src", "tests") for path in sorted((root / folder).rglob("*_test.cpp"))
                if "node_modules" not in path.parts)
scripts = {path.name: path.read_text() for folder in ("operation", "e2e", "thief") for path in (root / "tests" / folder).glob("*.mjs")}
missing, named = [], dict.fromkeys(pages, 0)
for page, row in ((page, row) for page, text in pages.items() for row in text.splitlines()):
    cells = re.split(r"(?<!\\)\|", row)
    if len(cells) != 4 or cells[2].strip() in ("shown by", "---"):
        continue
    names = re.findall(r"`([^`]+)`", cells[2])
    if not names and cells[2].strip() != "not covered":
        missing.append(f"{page}: no test and not \"not covered\": {cells[1].strip()[:60]}")
    for name in names:
        named[page] += 1
        if match := re.fullmatch(r"TEST (\w+)\.(\w+)", name):
            found = re.search(rf"\bTEST(_F|_P)?\({match[1]}, {match[2]}\)", cpp)
        else:
            script, _, words = name.partition(": ")
            found = words and words in scripts.get(script, "")
        if not found:
            missing.append(f"{page}: there is no test {name}")
def keys(page, pattern):
    return re.findall(pattern, (root / "docs" / page).read_text(), re.MULTILINE)


stated, shown = keys("threat-model.md", r"\*\*([SLCTD]\d+)\*\*$"), keys("threat-model-tests.md", r"^\| ([SLCTD]\d+) \|")
if stated != shown:
    missing.append(f"threat-model.md and threat-model-tests.md differ: {sorted(set(stated) ^ set(shown)) or 'order'}")
if missing or min(named.values()) < 30:
    sys.exit("\n".join(missing) or f"too few tests are named: {named}")
print(", ".join(f"{count} tests named in docs/{page} exist" for page, count in named.items()))
