#!/usr/bin/env python3
"""Proves the problem catalogue. Usage: check_problems.py <repo>.

Every code of src/**/problems.json is declared once, worded for people, documented, and used: as its constant
wa::problems::<code> in a source that is no test, or as data (a rule of a procedure). Every problem that a rule
names, and every constant a source uses, is declared. Words have no exclamation mark and never say
"ungültige Eingabe": they say which, why, and what to do.
"""
import collections
import json
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
faults = []
declared = {}  # code -> file
for path in sorted((root / "src").rglob("problems.json")):
    where = path.relative_to(root)
    pairs = json.loads(path.read_text(), object_pairs_hook=list)
    for code, entry in pairs:
        entry = dict(entry)
        if code in declared:
            faults.append(f"{where}: {code} is declared in {declared[code]} too")
        declared[code] = where
        if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)?", code):
            faults.append(f"{where}: {code} is not lower case words, with at most one dot")
        if not isinstance(entry.get("status"), int) or not 400 <= entry["status"] < 600:
            faults.append(f"{where}: {code} has no status between 400 and 599")
        for member in ("de", "do", "doc"):
            if not str(entry.get(member, "")).strip():
                faults.append(f"{where}: {code} has no \"{member}\"")
        for member in ("de", "do"):
            words = str(entry.get(member, ""))
            if "!" in words:
                faults.append(f"{where}: {code}: \"{member}\" has an exclamation mark")
            if re.search(r"ungültige[rnms]? (eingabe|angabe|wert)", words, re.I):
                faults.append(f"{where}: {code}: \"{member}\" says what is wrong, not which, why and what to do")
            if words and words.rstrip()[-1] not in ".?":
                faults.append(f"{where}: {code}: \"{member}\" is no whole sentence")
        for extra in set(entry) - {"status", "de", "do", "doc"}:
            faults.append(f"{where}: {code} has an unknown member \"{extra}\"")

constants = collections.defaultdict(list)  # the constants' names -> codes; two codes must not share one
for code in declared:
    constants[code.replace(".", "_")].append(code)
for name, codes in constants.items():
    if len(codes) > 1:
        faults.append(f"{' and '.join(codes)} have the same constant wa::problems::{name}")

used = set()
for path in sorted((root / "src").rglob("*")):
    if path.suffix not in (".cpp", ".hpp", ".inc"):
        continue
    is_test = path.stem.endswith(("_test", "_sim", "_fuzz", "_bench"))
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for name in re.findall(r"\bproblems::([a-z]\w*)", line):
            if name not in constants:
                # `problems::` is also a namespace one opens; what follows it is then no code.
                faults.append(f"{path.relative_to(root)}:{number}: wa::problems::{name} is not declared")
            elif not is_test:
                used.update(constants[name])
        if not is_test:
            used.update(code for code in re.findall(r'"([a-z0-9_]+\.[a-z0-9_]+)"', line) if code in declared)

rules = 0
for path in sorted((root / "src").rglob("procedures/*.json")):
    for rule in json.loads(path.read_text()).get("rules", []):
        rules += 1
        code = rule.get("problem", "")
        if code not in declared:
            faults.append(f"{path.relative_to(root)}: the rule {rule.get('id')} names {code or 'nothing'}, which is not declared")
        used.add(code)

for code in sorted(set(declared) - used):
    faults.append(f"{declared[code]}: {code} is used nowhere: remove it, or use it")

print(f"{len(declared)} problems, {rules} rules of procedures checked")
for fault in faults:
    print(fault)
if not declared:
    sys.exit("no problems.json found: wrong folder?")
sys.exit(1 if faults else 0)
