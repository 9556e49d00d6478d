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
two_sheets = 1270  # words, as Chromium prints it with margins of 20 mm
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

# Each statement, of what somebody can as of what they cannot, has a name with a test; the page prints on two sheets of A4.
page = (root / "docs/threat-model.md").read_text()
shown = re.findall(r"^\| ([SLCTD]\d+) \|", pages["threat-model-tests.md"], re.MULTILINE)
statements = re.findall(r"^\* (.*)$", page.partition("## Not covered")[0], re.MULTILINE)
stated = []
for statement in statements:
    if name := re.match(r"\*\*can(?:not)?\*\*.* \*\*([SLCTD]\d+)\*\*$", statement):
        stated.append(name[1])
    else:
        missing.append(f"threat-model.md: neither can nor cannot, or without the name of its tests: {statement[:60]}")
if len(statements) < 60 or len(set(stated)) < len(stated) or sorted(stated) != sorted(shown):
    missing.append(f"threat-model.md and threat-model-tests.md differ: {len(statements)} statements, {sorted(set(stated) ^ set(shown))}")
if re.search(r"^\| [SLCTD]\d+ \| not covered", pages["threat-model-tests.md"], re.MULTILINE):
    missing.append("threat-model-tests.md: what is not covered stands in the last section of threat-model.md")
if (words := len(page.split())) > two_sheets:
    missing.append(f"threat-model.md has {words} words; on two sheets of A4 at 10.5 pt go about {two_sheets}")
if missing or min(named.values()) < 30:
    sys.exit("\n".join(missing) or f"too few tests are named: {named}")
print(", ".join(f"{count} tests named in docs/{page} exist" for page, count in named.items()))
