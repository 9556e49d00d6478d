#!/usr/bin/env python3
"""Whoever is woken by a line of the log finds it in docs/operating.md. Usage: check_logs.py <repo>.

Every word that hub, Koffer and what both share write as a warning or an error stands in the page's table of log words, and
nothing stands there that nobody writes.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
written, faults = {}, []
for folder in ("hub", "node", "service"):
    for path in sorted((root / "src/apps" / folder).rglob("*.cpp")):
        text = path.read_text()
        words = re.findall(r'log::(?:warn|error)\(\s*"([^"]+)"', text)
        if len(words) != len(re.findall(r"log::(?:warn|error)\(", text)):
            faults.append(f"{path.relative_to(root)}: a log word is not spelt out where it is written")
        written.update(dict.fromkeys(words, path.relative_to(root)))
page = (root / "docs/operating.md").read_text()
table = re.search(r"^\| in the log \|.*?(?=^[^|])", page + "\n.", re.MULTILINE | re.DOTALL)
cells = [row.split("|")[1] for row in table[0].splitlines()[2:]] if table else []
explained = {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
faults += [f"docs/operating.md does not explain \"{word}\" ({written[word]})" for word in written if word not in explained]
faults += [f"docs/operating.md explains \"{word}\", which nobody writes" for word in sorted(explained - written.keys())]
if faults or len(written) < 30:
    sys.exit("\n".join(faults) or f"only {len(written)} log words were found")
print(f"{len(written)} log words are explained in docs/operating.md")
