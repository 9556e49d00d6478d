"""The OpenAPI 3.1 description of the desk's API, from api.json and problems.json. Imported by check_docs.py, which
writes docs/reference/openapi.json; the hub serves that file at /api/openapi.json."""
import json
import re

ID = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"
HASH = "^[0-9a-f]{64}$"
PATTERNS = {"id": ID, "hash": HASH, "date": r"^\d{4}-\d{2}-\d{2}$", "partial_date": r"^\d{4}-\d{2}-\d{2}$",
            "timestamp": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$", "tax_id": r"^\d{11}$",
            "document_serial": "^[A-Z0-9]{1,20}$", "postcode": r"^\d{5}$"}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def typed(field):
    """The schema of a value that is present."""
    kind = field["type"]
    options = [option["value"] for option in field.get("options", [])]
    if kind in ("text", "person_name", "code"):
        return {"type": "string"}
    if kind in PATTERNS:
        return {"type": "string", "pattern": PATTERNS[kind]}
    if kind == "house_no":
        return {"type": "integer", "minimum": 1, "maximum": 9999}
    if kind == "integer":
        return {"type": "integer"} | ({"minimum": field["min"]} if "min" in field else {}) \
            | ({"maximum": field["max"]} if "max" in field else {})
    if kind == "boolean":
        return {"type": "boolean"}
    if kind == "choice":
        return {"type": "string", "enum": options}
    if kind == "choices":
        return {"type": "array", "items": {"type": "string", "enum": options}, "uniqueItems": True}
    if kind == "codes":
        return {"type": "array", "items": {"type": "string"}}
    if kind in ("group", "list"):
        inner = ref(f"block.{field['block']}") if "block" in field else members(field.get("fields", []))
        if kind == "group":
            return inner
        return {"type": "array", "items": inner} | ({"maxItems": field["max_items"]} if "max_items" in field else {})
    if kind == "object":
        return {"type": "object"}
    if kind == "any":
        return {}
    raise SystemExit(f"openapi.py: the type {kind} is unknown")


def schema(field):
    """What is not required may be null: that is absent."""
    value = typed(field)
    if not field.get("required") and value:
        value = {"anyOf": [value, {"type": "null"}]}
    words = [field[key] for key in ("doc",) if field.get(key)]
    if "max" in field and field["type"] in ("text", "person_name"):
        words.append(f"At most {field['max']} characters of DIN 91379.")
    if "list" in field:
        words.append(f"A code of the list {field['list']}.")
    return value | ({"description": " ".join(words)} if words else {})


def members(fields, closed=True):
    """An object of these fields; a request may have no others. A field with a condition is required only then."""
    required = [field["name"] for field in fields if field.get("required") and "when" not in field]
    out = {"type": "object", "properties": {field["name"]: schema(field) for field in fields}}
    return out | ({"required": required} if required else {}) | ({"additionalProperties": False} if closed else {})


def body(value, required=True):
    return {"required": required, "content": {"application/json": {"schema": value}}}


def answer(value, text="Done."):
    return {"200": {"description": text, "content": {"application/json": {"schema": value}}},
            "default": {"$ref": "#/components/responses/problem"}}


def obj(properties=None, required=(), closed=False):
    out = {"type": "object", "properties": properties or {}}
    return out | ({"required": list(required)} if required else {}) | ({"additionalProperties": False} if closed else {})


text, flag, integer, anything = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}, {}
file_answer = {"200": {"description": "The file.", "content": {"application/pdf": {}, "image/png": {}, "image/jpeg": {}}},
               "default": {"$ref": "#/components/responses/problem"}}


def operation(name, tag, summary, responses, request=None, public=False, parameters=None, place=None):
    out = {"operationId": name, "tags": [tag], "summary": summary, "responses": responses}
    if request:
        out["requestBody"] = request
    if parameters:
        out["parameters"] = parameters
    if public:
        out["security"] = []
    if place:
        out["x-place"] = place
    return out


def command(entry):
    law = f" {entry['law']}." if entry.get("law") else ""
    request = obj({"id": ref("id"), "version": {"const": entry["version"]}, "payload": members(entry["payload"])},
                  ["id"], True)
    if any(field.get("required") for field in entry["payload"]):
        request["required"].append("payload")
    done = obj({"answer": members(entry["answer"], False), "certainty": {"enum": ["here", "hub", "final"]},
                "repeated": flag, "conflict": ref("words")}, ["answer", "certainty", "repeated"])
    if any(field.get("required") for field in entry["answer"]):
        # A conflict has no answer yet, only words.
        done["properties"]["answer"] = {"anyOf": [members(entry["answer"], False), {"type": "object", "maxProperties": 0}]}
    # Done by the program in somebody's name: refused to everybody who asks for it here.
    permission, by_program = entry["permission"], " Not open to HTTP: done by the program, behind its own routes and verbs."
    if entry.get("http") is False:
        permission, law = "system", law + by_program
    return {"post": operation(entry["name"], "commands", entry["doc"] + law, answer(done), body(request))
            | {"x-permission": permission}}


def query(entry):
    request = obj({"params": members(entry["params"]), "reason": text}, [], True)
    shown = members(entry["answer"], False)
    return {"post": operation(entry["name"], "queries", entry["doc"], answer(obj({"answer": shown}, ["answer"])),
                              body(request, False)) | {"x-permission": entry["permission"]}}


def desk_paths(letters):
    session, secret = ref("session"), obj({"user": text, "tenant": text, "password": text, "pin": text})
    credential = obj({"id": text, "credential": {"type": "object"}})
    hash_in_path = {"name": "hash", "in": "path", "required": True, "schema": {"type": "string", "pattern": HASH}}
    return {
        "/api/health": {"get": operation("health", "service", "Whether the program answers.", answer(obj({"ok": flag}, ["ok"])), public=True)},
        "/api/catalogue": {"get": operation("catalogue", "service", "Procedures and the words of all problems.",
                                            answer(obj({"problems": {"type": "object"}, "procedures": {"type": "object"}}, ["problems", "procedures"])), public=True)},
        "/api/openapi.json": {"get": operation("openapi", "service", "This document.", answer({"type": "object"}), public=True)},
        "/api/session": {
            "get": operation("session.get", "session", "Who is signed in, what can be chosen, the state of the line.", answer(session), public=True),
            "delete": operation("session.end", "session", "Signs out.", answer(obj({"signed_in": flag}, ["signed_in"])), public=True)},
        "/api/session/password": {"post": operation("session.password", "session", "Signs in with a password (hub).", answer(session), body(secret), True, place="hub")},
        "/api/session/pin": {"post": operation("session.pin", "session", "Signs in with a PIN (Koffer).", answer(session), body(secret), True, place="koffer")},
        "/api/session/passkey": {"post": operation("session.passkey", "session", "Signs in with a passkey (hub).", answer(session), body(credential | {"properties": credential["properties"] | {"tenant": text}}), True, place="hub")},
        "/api/session/passkey/options": {"post": operation("session.passkey.options", "session", "Begins a sign-in with a passkey.", answer({"type": "object"}), body({"type": "object"}, False), True, place="hub")},
        "/api/session/passkey/register/options": {"post": operation("session.passkey.register.options", "session", "Begins adding a passkey.", answer({"type": "object"}), body({"type": "object"}, False), place="hub")},
        "/api/session/passkey/register": {"post": operation("session.passkey.register", "session", "Adds a passkey to one's own account.", answer({"type": "object"}), body(credential | {"properties": credential["properties"] | {"name": text}}), place="hub")},
        "/api/session/lock": {"post": operation("session.lock", "session", "Locks the screen.", answer(obj({"locked": flag}, ["locked"])))},
        "/api/session/unlock": {"post": operation("session.unlock", "session", "Unlocks it with one's own secret.", answer(session), body(secret))},
        "/api/session/set_password": {"post": operation("session.set_password", "session", "Sets a new password: one's own, or with user.manage another's.", answer({"type": "object"}), body(obj({"password": text, "user_id": ref("id")}, ["password"])), place="hub")},
        "/api/session/set_pin": {"post": operation("session.set_pin", "session", "Sets one's own PIN for the Koffer.", answer({"type": "object"}), body(obj({"pin": text, "compromised": flag}, ["pin"])), place="hub")},
        "/api/users": {"post": operation("users.create", "administration", "Creates an account.", answer({"type": "object"}), body(obj({"login": text, "name": text, "roles": {"type": "array", "items": text}, "password": text}, ["login", "name", "roles", "password"])), place="hub")},
        "/api/devices/prepare": {"post": operation("devices.prepare", "administration", "Prepares a Koffer: enrolment file and one-time code.", answer(obj({"code": text, "minutes": integer, "file": {"type": "object"}}, ["code", "minutes", "file"])), body(obj({"name": text, "device_id": ref("id")}, ["name"])), place="hub")},
        "/api/exports": {"post": operation("exports.begin", "administration", "Makes the released export of everything the tenant owns, sealed; answers the secret that opens it, once.", answer(obj({"secret": text}, ["secret"])), body(obj({"export_id": ref("id")}, ["export_id"])), place="hub")},
        "/api/exports/{export}": {"get": operation("exports.get", "administration", "The sealed export; `wanderamt admin export open` opens it.", file_answer | {"200": {"description": "The file.", "content": {"application/octet-stream": {}}}},
                                                   parameters=[{"name": "export", "in": "path", "required": True, "schema": ref("id")}], place="hub")},
        "/api/koffer/tours": {"get": operation("koffer.tours", "koffer", "Tours this Koffer may fetch, asked of the hub.", answer(obj({"tours": {"type": "array", "items": {"type": "object"}}}, ["tours"])), public=True, place="koffer")},
        "/api/koffer/check_out": {"post": operation("koffer.check_out", "koffer", "Fetches a tour with a PIN.", answer(obj({"tour_id": ref("id"), "rows": integer, "expires_at": text}, ["tour_id", "rows", "expires_at"])), body(obj({"tour_id": ref("id"), "user_id": ref("id"), "pin": text}, ["tour_id", "user_id", "pin"])), True, place="koffer")},
        "/api/koffer/check_in": {"post": operation("koffer.check_in", "koffer", "Ends the tour.", answer(obj({"tour_id": ref("id")}, ["tour_id"])), body({"type": "object"}, False), place="koffer")},
        "/api/koffer/queue": {"get": operation("koffer.queue", "koffer", "What is not at the hub yet, as a file sealed to the tenant, for a stick.", file_answer | {"200": {"description": "The file.", "content": {"application/octet-stream": {}}}}, public=True, place="koffer")},
        "/api/losses/{loss}.pdf": {"get": operation("losses.pdf", "documents", "The report of a lost Koffer for police and insurance.", file_answer, parameters=[{"name": "loss", "in": "path", "required": True, "schema": ref("id")}], place="hub")},
        "/api/disclosures/{person}.pdf": {"get": operation("disclosures.pdf", "documents", "What is stored about a person, as a letter to them (Art. 15 GDPR).", file_answer,
                                                           parameters=[{"name": "person", "in": "path", "required": True, "schema": ref("id")}, {"name": "identity", "in": "query", "required": True, "schema": {"type": "string", "enum": ["I3", "I4"]}},
                                                                       {"name": "represented_by", "in": "query", "schema": ref("id")}], place="hub")},
        "/api/documents": {"put": operation("documents.put", "documents", "Stores a scan (PDF, JPEG, PNG by its first bytes), up to 64 MiB.", answer(obj({"hash": ref("hash"), "size": integer, "media_type": text}, ["hash", "size", "media_type"])), {"required": True, "content": {"application/octet-stream": {}}},
                                            parameters=[{"name": "name", "in": "query", "schema": text}])},
        "/api/documents/{hash}": {"get": operation("documents.get", "documents", "A document of a case; reading it is reading the case.", file_answer, parameters=[hash_in_path, {"name": "case", "in": "query", "required": True, "schema": ref("id")}])},
        "/api/letters/{name}": {"post": operation("letters.make", "documents", "Makes a letter of a case and attaches it.", answer(obj({"hash": ref("hash")}, ["hash"])), body(obj({"case_id": ref("id")}, ["case_id"])), parameters=[{"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": letters}}])},
        "/api/records/{procedure}.pdf": {"get": operation("records.pdf", "documents", "The record of processing of a procedure (Art. 30 GDPR).", file_answer, parameters=[{"name": "procedure", "in": "path", "required": True, "schema": text}])},
        "/api/events": {"get": operation("events", "service", "WebSocket: what changed, and the state of the line.", {"101": {"description": "The connection is a WebSocket now; messages are JSON objects."}, "403": {"description": "Nobody is signed in."}})},
    }


def document(version, apis, problems, blocks, letters):
    """apis: every api.json; problems: one object; blocks: name -> fields; letters: names."""
    paths = desk_paths(letters)
    for api in apis:
        paths |= {f"/api/commands/{entry['name']}": command(entry) for entry in api.get("commands", [])}
        paths |= {f"/api/queries/{entry['name']}": query(entry) for entry in api.get("queries", [])}
    codes = sorted(problems)
    schemas = {
        "id": {"type": "string", "pattern": ID}, "hash": {"type": "string", "pattern": HASH},
        "words": obj({"de": text, "do": text}, ["de", "do"]),
        "problem": obj({"code": {"type": "string", "enum": codes}, "details": {"type": "object"}, "words": ref("words"),
                        "fields": {"type": "array", "items": obj({"path": text, "code": text, "details": {"type": "object"}, "severity": {"enum": ["error", "notice"]}}, ["path", "code"])}},
                       ["code", "details", "words"]),
        "session": obj({"place": {"enum": ["hub", "koffer"]}, "choices": {"type": "object"}, "line": {"type": "object"}, "signed_in": flag, "locked": flag,
                        "user": {"type": "object"}, "tenant": {"type": "object"}}, ["place", "choices", "line", "signed_in"])}
    schemas |= {f"block.{name}": members(fields) for name, fields in blocks.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wanderamt", "version": version, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
                 "description": "The API behind the desk, at the hub and on the Koffer. Every change is a command with an id of its own: the same id is done once. "
                                "Requests that change something carry the header `X-Wanderamt: 1`."},
        "servers": [{"url": "/"}],
        "security": [{"hub": []}, {"koffer": []}],
        "tags": [{"name": name} for name in ("commands", "queries", "session", "documents", "administration", "koffer", "service")],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "responses": {"problem": {"description": "What was not possible, in code and words.", "content": {"application/json": {"schema": ref("problem")}}}},
            "securitySchemes": {"hub": {"type": "apiKey", "in": "cookie", "name": "wanderamt_hub"},
                                "koffer": {"type": "apiKey", "in": "cookie", "name": "wanderamt_koffer"}}}}


def dumps(value):
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def routes_in_sources(paths):
    """Every "/api/…" literal of the sources that answer: what the document must name."""
    found = set()
    for path in paths:
        found |= set(re.findall(r'"(/api/[a-z_./]*)"', path.read_text()))
    return found
