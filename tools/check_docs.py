#!/usr/bin/env python3
"""Writes docs/reference/*.md from the data the program itself runs on (api.json, problems.json, roles.json,
the configuration schema). Usage: check_docs.py <repo> [--check]; with --check nothing is written and a page
that is not current, missing or left over is named.
"""
import json
import pathlib
import re
import sys

import openapi

root = pathlib.Path(sys.argv[1])
check = "--check" in sys.argv[2:]
note = "<!-- Written by tools/check_docs.py from {}. Do not edit: run `python3 tools/check_docs.py .` -->\n\n"


def folders():
    """(name, folder) of kernel and modules, kernel first."""
    yield "kernel", root / "src/kernel"
    for folder in sorted((root / "src/modules").iterdir()):
        yield folder.name, folder


def load(name):
    for area, folder in folders():
        if (folder / name).exists():
            yield area, json.loads((folder / name).read_text())


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def limits(field):
    words = []
    for key, form in (("max", "at most {}"), ("min", "at least {}"), ("earliest", "from {}"), ("latest", "until {}"),
                      ("din", "DIN 91379 {}"), ("list", "code list `{}`"), ("block", "block `{}`"),
                      ("min_items", "at least {} items"), ("max_items", "at most {} items")):
        if key in field:
            words.append(form.format(field[key]))
    if field.get("options"):
        words.append("one of " + ", ".join(f"`{option['value']}`" for option in field["options"]))
    if "when" in field:
        words.append(f"only when `{json.dumps(field['when'], ensure_ascii=False)}`")
    if "doc" in field:
        words.append(field["doc"])
    return "; ".join(words)


def rows_of(fields, prefix=""):
    for field in fields:
        yield (f"| `{prefix}{field['name']}` | {field['type']} | {'yes' if field.get('required') else ''} "
               f"| {cell(limits(field))} |")
        yield from rows_of(field.get("fields", []), prefix + field["name"] + ("[]." if field["type"] == "list" else "."))


def table(title, fields):
    if not fields:
        return f"{title}: nothing.\n\n"
    return f"{title}:\n\n| field | type | required | |\n|---|---|---|---|\n" + "\n".join(rows_of(fields)) + "\n\n"


def facts(entry, kind):
    words = [kind]
    if entry.get("local"):
        words.append("stays where it is (no journal, no sync)")
    if entry.get("http") is False:
        words.append("**not open to HTTP**: done by the program in somebody's name, behind its own routes and verbs")
    if entry.get("daily"):
        words.append("**once a day**, by the program")
    words.append("hub only" if entry.get("where") == "hub" else "hub and node")
    words.append(f"permission `{entry['permission']}`")
    if entry.get("function"):
        words.append(f"function `{entry['function']}`")
    if entry.get("stream"):
        words.append(f"ordered by `{entry['stream']}`")
    if entry.get("merges"):
        words.append("weighs stale rows itself")
    if entry.get("personal"):
        words.append("personal data: the read is journalled")
    if entry.get("personal_with"):
        words.append(f"with `{entry['personal_with']}` personal data: the read is journalled")
    if entry.get("law"):
        words.append(entry["law"])
    return " · ".join(words) + "\n\n"


def api_page(kind):
    title = {"commands": "Commands", "queries": "Queries"}[kind]
    intro = {"commands": "Nothing changes except by a command. `POST /api/commands/<name>` with `{\"id\": …, \"payload\": {…}}`; the "
                         "same id is done once.\nA **fact** is recorded as it was; a **request** is checked again at the hub.\n\n",
             "queries": "`POST /api/queries/<name>` with `{\"params\": {…}, \"reason\": \"…\"}`; the reason stands in the journal when the "
                        "answer shows personal data.\n\n"}[kind]
    out = note.format("src/**/api.json") + f"# {title}\n\n" + intro + "Field types: [data-formats](../data-formats.md).\n\n"
    areas = [(area, api[kind]) for area, api in load("api.json") if api.get(kind)]
    for area, entries in areas:
        out += f"**{area}:** " + " · ".join(f"[`{e['name']}`](#{e['name'].replace('.', '')})" for e in entries) + "\n\n"
    for area, entries in areas:
        for entry in entries:
            out += f"## {entry['name']}\n\n{entry['doc']}\n\n"
            out += facts(entry, f"{entry['kind']}, version {entry['version']}" if kind == "commands" else "query")
            out += table("Payload" if kind == "commands" else "Parameters", entry["payload" if kind == "commands" else "params"])
            out += table("Answer", entry["answer"])
    return out.rstrip() + "\n"


def problems_page():
    out = note.format("src/**/problems.json") + "# Problems\n\n"
    out += ("What can be expected to go wrong, each declared once. The answer is `{\"code\", \"details\", \"words\": {\"de\", \"do\"}}` with the "
            "status.\nWords in braces come from the details.\n")
    for area, problems in load("problems.json"):
        out += f"\n## {area}\n\n| code | status | when | what people read |\n|---|---|---|---|\n"
        for code, entry in problems.items():
            out += f"| `{code}` | {entry['status']} | {cell(entry['doc'])} | {cell(entry['de'])} {cell(entry['do'])} |\n"
    return out


def messages_page():
    entries = [entry for _, api in load("api.json") for entry in api.get("messages", [])]
    blocks = {path.stem: json.loads(path.read_text())["fields"] for path in (root / "src/kernel/procedure/blocks").glob("*.json")}

    def whole(fields):
        """Fields of blocks written out, as the program does it."""
        for field in fields:
            if "block" in field and "fields" not in field:
                chosen = [f for f in blocks[field["block"]] if f["name"] in field.get("only", [f["name"]])]
                field = {**field, "fields": chosen}
            if "fields" in field:
                field = {**field, "fields": list(whole(field["fields"]))}
            yield {key: value for key, value in field.items() if key != "block"}

    out = note.format("src/**/api.json") + "# Messages between authorities\n\n"
    out += ("What a recipient may have is what stands here: a datum that is not declared keeps the message from leaving. The hub's courier\n"
            "hands it to the exchange; states: due, handed_over, acknowledged, rejected, repaired, cancelled. *verify*: not read in a primary source.\n\n")
    out += " · ".join(f"[`{e['name']}`](#{e['name'].replace('.', '')})" for e in entries) + "\n\n"
    for entry in entries:
        to = {"*": "whoever is named"}.get(entry["to"], entry["to"] + (f" + key of `{entry['to_list']}`" if entry.get("to_list") else ""))
        words = [f"version {entry['version']}", {"out": "sent", "in": "received", "both": "sent and received"}[entry.get("direction", "out")],
                 f"to {to}", f"deadline `{entry['deadline']}`" if entry.get("deadline") else "at once"]
        if entry.get("answer"):
            answer = entry["answer"]
            words.append(f"awaits `{answer['type']}`" + (f" by `{answer['deadline']}`" if answer.get("deadline") else ""))
        if entry.get("verify"):
            words.append("*verify*")
        if entry.get("law"):
            words.append(entry["law"])
        out += f"## {entry['name']}\n\n{entry['doc']}\n\n" + " · ".join(words) + "\n\n" + table("Carries", list(whole(entry["fields"])))
    return out.rstrip() + "\n"


def granted(roles, name):
    permissions = set(roles[name].get("permissions", []))
    for other in roles[name].get("includes", []):
        permissions |= granted(roles, other)
    return permissions


def permissions_page():
    roles = json.loads((root / "src/kernel/roles.json").read_text())
    uses, inside = {}, {}
    for _, api in load("api.json"):
        for kind in ("commands", "queries"):
            for entry in api.get(kind, []):
                uses.setdefault(entry["permission"], []).append(f"`{entry['name']}`")
    out = note.format("src/kernel/roles.json and src/**/api.json") + "# Permissions\n\n"
    out += "What no role grants is refused. Accounts, and with them roles, belong to one tenant.\n\n"
    names = list(roles)
    out += "| permission | " + " | ".join(f"`{name}`" for name in names) + " |\n|---|" + ":-:|" * len(names) + "\n"
    for path in sorted((root / "src").rglob("*.cpp")):
        if not path.stem.endswith("_test"):
            for permission in re.findall(r'\bmay\("([a-z_.]+)"\)', path.read_text()):
                inside.setdefault(permission, set()).add(f"`{path.relative_to(root)}`")
    every = sorted(set(uses) | set(inside) | {p for name in names for p in granted(roles, name)})
    for permission in every:
        out += f"| `{permission}` | " + " | ".join("●" if permission in granted(roles, name) else "" for name in names) + " |\n"
    out += "\n| role | in German | no account has it beside |\n|---|---|---|\n"
    for name in names:
        out += f"| `{name}` | {roles[name]['de']} | {', '.join(f'`{other}`' for other in roles[name].get('not_with', []))} |\n"
    out += "\n| permission | commands and queries that need it | handlers that ask for it besides |\n|---|---|---|\n"
    for permission in every:
        out += f"| `{permission}` | {', '.join(uses.get(permission, []))} | {', '.join(sorted(inside.get(permission, [])))} |\n"
    return out + matrix(names)


def matrix(names):
    """Who may do what, as decided in tests/refusals/permissions.json; the test `refusals` proves that it is so."""
    decided = json.loads((root / "tests/refusals/permissions.json").read_text())
    out = "\n## Every way in\n\nDecided in `tests/refusals/permissions.json`; the test `refusals` tries each of them as each role, with its own objects, not signed in, expired and locked, at the hub and at a Koffer; and at the hub, where several tenants are, with another tenant's objects.\n"
    people = [name for name in names if name != "system"]
    letters = {name for path in (root / "src").rglob("*.cpp") if not path.stem.endswith("_test")
               for name in re.findall(r'\bbind_letter\(\s*"([^"]+)"', path.read_text())}
    for section in ("commands", "queries", "letters"):
        declared = letters
        if section != "letters":
            declared = {entry["name"] for _, api in load("api.json") for entry in api.get(section, [])}
        for name in sorted(declared ^ set(decided[section])):
            sys.exit(f"tests/refusals/permissions.json, {section}: " + (f'decide who may do "{name}" and add it'
                     if name in declared else f'"{name}" is no longer declared: remove it'))
    out += "\nAsked before anybody has signed in: " + ", ".join(f"`{name}`" for name in decided.pop("anyone")) + ".\n"
    for section, entries in decided.items():
        out += f"\n| {section} | " + " | ".join(f"`{name}`" for name in people) + " |\n|---|" + ":-:|" * len(people) + "\n"
        for name, granted_to in entries.items():
            if unknown := set(granted_to) - set(people):
                sys.exit(f"tests/refusals/permissions.json: {name}: no such role: {', '.join(sorted(unknown))}")
            out += f"| `{name}` | " + " | ".join("●" if role in granted_to else "" for role in people) + " |\n"
    return out


def law_page():
    """Every value of law the program works with, what nobody has read in a primary source first."""
    folder = root / "src/kernel/reference"
    rows = []

    def add(kind, name, value, entry, source=""):
        dates = " – ".join((entry.get("valid_from") or entry.get("from") or "", entry.get("valid_to") or entry.get("until") or "")).strip()
        rows.append((bool(entry.get("verify")), kind, name, value, entry.get("law", ""), "" if dates == "–" else dates, entry.get("source", source)))

    def table_of(name):
        return json.loads((folder / f"{name}.json").read_text())

    for entry in table_of("parameters")["parameters"]:
        add("limit", entry["id"], f"{entry['value']} {entry['unit']}: {entry['text']}", entry)
    for entry in table_of("deadlines")["deadlines"]:
        length = next(f"{entry[unit]} {unit.replace('_', ' ')}" for unit in ("weeks", "months", "working_days") if unit in entry)
        saturdays = " (Saturdays count)" if entry.get("saturday_counts") else ""
        add("deadline", entry["id"], f"{length}{saturdays}: {entry['text']}", entry)
    for entry in table_of("fees")["fees"]:
        add("fee", entry["number"], f"{entry['amount_cents'] / 100:.2f} €: {entry['text']}", entry)
    for entry in table_of("statutes")["statutes"]:
        add("statute", entry["id"], entry["text"], entry)
    for entry in table_of("code_groups")["groups"]:
        add("codes", entry["id"], f"{len(entry['codes'])} keys: {entry['text']}", entry)
    holidays = table_of("holidays")
    for entry in holidays["holidays"]:
        laender = "all" if entry["laender"] == "all" else " ".join(entry["laender"])
        rule = ", ".join(f"{key} {value}" for key, value in entry["rule"].items())
        add("holiday", entry["name"], f"{rule}; {laender}" + (" (regional)" if entry.get("regional") else ""), entry, holidays["source"])
    religion = table_of("religion")
    add("code list", religion["list"], f"{len(religion['entries'])} keys: {religion['title']}", religion)
    for _, api in load("api.json"):
        for entry in api.get("messages", []):
            if entry.get("verify"):
                add("message", entry["name"], entry["doc"], entry, "recipient or content not read in a primary source")
    for area, path in folders():
        for procedure in sorted(path.glob("procedures/*.json")):
            description = json.loads(procedure.read_text())
            for entry in description.get("retention_rules", []):
                add("retention", description["id"], f"{entry['what']['de']}: {entry['rule']['de']}", entry, "handbook § 10")
    out = note.format("src/kernel/reference/*.json, src/**/api.json and procedures") + "# Values of law\n\n"
    out += ("Age limits, deadlines, fees, holidays and whatever else the law or an authority sets: data with dates, law and source, never code.\n"
            "What nobody has read in a primary source, or what each authority must settle for itself, comes first. In a procedure a limit stands as\n"
            "`{\"parameter\": \"<name>\"}`; the value of the day counts.\n")
    for verify, title in ((True, "To verify before live use"), (False, "Read in a primary source or fixed by the handbook")):
        out += f"\n## {title}\n\n| kind | name | value | law | valid | source |\n|---|---|---|---|---|---|\n"
        for _, kind, name, value, law, dates, source in (row for row in rows if row[0] == verify):
            out += f"| {kind} | `{name}` | {cell(value)} | {cell(law)} | {dates} | {cell(source)} |\n"
    procedures = "".join(path.read_text() for path in sorted((root / "src/modules").rglob("procedures/*.json")))
    for key, file, entries in (("parameter", "parameters", "parameters"), ("codes", "code_groups", "groups")):
        used = set(re.findall(rf'"{key}": "([^"]+)"', procedures))
        if missing := used - {entry["id"] for entry in table_of(file)[entries]}:
            sys.exit(f"{file}.json lacks what a procedure names: {', '.join(sorted(missing))}")
    return out


def configuration_page():
    text = (root / "src/apps/service/config.cpp").read_text()
    out = note.format("src/apps/service/config.cpp") + "# Configuration\n\n"
    out += ("A TOML file; an unknown key or a value of the wrong type stops the start and is named. `wanderamt hub --print-config` (and\n"
            "`node`, `simulator`) print the full commented file; what is left out has its default.\n")
    for verb in ("hub", "node", "simulator"):
        body = re.search(r"%s_config_schema\(\) \{(.*?)\n\}" % verb, text, re.S).group(1)
        keys = re.findall(r'\{"([^"]+)",\s*"([^"]*)",\s*"([^"]*)",\s*Type::(\w+)\}', body)
        if len(keys) != body.count("Type::"):
            sys.exit("config.cpp: a key of the schema is written in a way check_docs.py does not read")
        out += f"\n## {verb}\n\n| key | type | default | |\n|---|---|---|---|\n"
        for name, default, doc, kind in keys:
            shown = {"text": f'"{default}"', "level": f'"{default}"', "list": f'["{default}"]' if default else "[]"}.get(kind, default)
            out += f"| `{name}` | {kind} | `{shown}` | {cell(doc)} |\n"
    return out


def openapi_page():
    version = re.search(r"project\(wanderamt VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text()).group(1)
    problems = {code: entry for _, page in load("problems.json") for code, entry in page.items()}
    blocks = {path.stem: json.loads(path.read_text())["fields"] for path in sorted((root / "src/kernel/procedure/blocks").glob("*.json"))}
    letters = sorted({name for path in sorted((root / "src").rglob("*.cpp"))
                      for name in re.findall(r'\bbind_letter\("(\w+)"', path.read_text())})
    document = openapi.document(version, [api for _, api in load("api.json")], problems, blocks, letters)
    answering = [path for folder in ("service", "hub", "node") for path in (root / "src/apps" / folder).glob("*.cpp")
                 if not path.stem.endswith("_test")]
    for route in openapi.routes_in_sources(answering):
        # A literal with a slash at its end is a beginning: something must follow it.
        if route not in document["paths"] and not any(known.startswith(route) for known in document["paths"] if route.endswith("/") or "{" not in known):
            sys.exit(f"openapi.py: the sources answer {route}, the document does not name it")
    return openapi.dumps(document)


pages = {"commands.md": api_page("commands"), "queries.md": api_page("queries"), "problems.md": problems_page(),
         "permissions.md": permissions_page(), "messages.md": messages_page(), "law.md": law_page(), "configuration.md": configuration_page(), "openapi.json": openapi_page()}
folder = root / "docs/reference"
folder.mkdir(parents=True, exist_ok=True)
stale = []
for name, text in pages.items():
    path = folder / name
    if path.exists() and path.read_text() == text:
        continue
    stale.append(path.relative_to(root))
    if not check:
        path.write_text(text)
stale += [path.relative_to(root) for path in folder.iterdir() if path.name not in pages]
print(f"{len(pages)} pages of docs/reference " + ("checked" if check else "written"))
if check and stale:
    sys.exit("not current: " + ", ".join(map(str, stale)) + "\nrun: python3 tools/check_docs.py .")
