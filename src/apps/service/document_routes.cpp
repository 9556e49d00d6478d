// /api/documents and /api/letters: what is scanned comes in, what is handed out goes out.
#include "adapters/system/system.hpp"
#include "adapters/uploads/content.hpp"
#include "adapters/uploads/preview.hpp"
#include "apps/service/desk_api.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/processing_record.hpp"

namespace wa::service {

namespace {

/// Shown in a window only when its bytes are what they should be, and then without the rights of our pages. A
/// PDF that somebody brought, and whatever else it may be, is saved. A PDF's window is the browser's own,
/// which a sandbox would forbid.
http::Response file_response(const Bytes& bytes, const std::string& name, bool ours) {
    http::Response response;
    response.body.assign(as_view(bytes));
    const auto type = uploads::check_upload(bytes);
    const bool pdf = type && *type == "application/pdf";
    const bool show = type && (ours || !pdf);
    response.headers = {
        {"Content-Type", type ? *type : "application/octet-stream"},
        {"Content-Disposition", (show ? "inline" : "attachment") + ("; filename=\"" + name + "\"")},
        {"Content-Security-Policy", pdf ? "default-src 'none'; frame-ancestors 'none'"
                                        : "sandbox; default-src 'none'; frame-ancestors 'none'"}};
    return response;
}

}  // namespace

void DeskApi::put_document(const http::Request& request, const Session& session, http::Respond respond) {
    if (!session.principal.actor.may("case.write"))
        return refuse("PUT /api/documents", request, &session,
                      Problem(problems::permission_denied, {{"permission", "case.write"}}),
                      std::move(respond));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    auto body = std::make_shared<std::string>(request.body);
    // Only where the scan then has a line before it.
    const bool with_preview = session.principal.origin.place == "koffer";
    slowly(respond, [this, body, with_preview, runner, respond] {
        const auto type = uploads::check_upload(as_span(*body));
        if (!type) return respond(problem_response(type.error()));
        auto stored = std::make_shared<Result<std::string>>(fail(problems::internal));
        const auto made = with_preview ? uploads::make_preview(as_span(*body)) : std::nullopt;
        auto preview = std::make_shared<std::string>();
        runner->write(
            [stored, body, made, preview](Transaction& tx) {
                *stored = wa::put_document(tx, as_span(*body));
                if (made) *preview = wa::put_document(tx, *made).value();
            },
            [this, stored, body, preview, media_type = *type, runner, respond](bool good) {
                if (!good) return respond(problem_response(Problem(problems::store_full)));
                if (!*stored) return respond(problem_response(stored->error()));
                json::object answer{{"hash", **stored}, {"size", body->size()}, {"media_type", media_type}};
                if (!preview->empty()) answer["preview"] = *preview;
                respond(http::json_response(200, answer));
            });
    });
}

void DeskApi::get_document(const http::Request& request, const Session& session, http::Respond respond) {
    const auto hash = request.path.substr(std::string_view("/api/documents/").size());
    const std::string case_id(request.parameter("case"));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    if (const auto problem = backend_.refusal("document", {{"case_id", case_id}}))
        return refuse("case.get", request, &session, *problem, std::move(respond));
    // Reading a document is reading the case it belongs to: same permission, same journal entry.
    QueryRequest query{"case.get",
                       {{"case_id", case_id}},
                       "Dokument angesehen",
                       session.principal.actor,
                       session.principal.origin,
                       system::now()};
    runner->ask(std::move(query), [this, hash, runner, respond](Result<json::object> answer) {
        if (!answer) return respond(problem_response(answer.error()));
        // A void signature can still be looked at; what was taken away belongs to another case.
        auto documents = array_of(*answer, "documents");
        for (const auto& removed : array_of(*answer, "documents_removed"))
            if (text_of(removed.as_object(), "state") == "voided") documents.push_back(removed);
        for (const auto& document : documents) {
            const bool scan = text_of(document.as_object(), "hash") == hash;
            const bool preview = !scan && text_of(document.as_object(), "preview") == hash;
            if (!scan && !preview) continue;
            const bool ours = text_of(document.as_object(), "kind").rfind("letter.", 0) == 0;
            // Not on the writer's thread: a scan may be large, and is looked through again.
            return slowly(respond, [this, hash, ours, preview, runner, respond] {
                Result<Bytes> bytes = fail(problems::document_missing);
                runner->read([&](Transaction& tx) {
                    // Nobody reads the scan of another case by calling it the preview of one of theirs.
                    if (!preview || !is_scan(tx, hash)) bytes = read_document(tx, hash);
                });
                if (!bytes) return respond(problem_response(bytes.error()));
                respond(file_response(*bytes, "dokument-" + hash.substr(0, 8), ours));
            });
        }
        respond(problem_response(Problem(problems::not_found)));
    });
}

void DeskApi::letter_route(const std::string& name, const http::Request& request, const Session& session,
                           http::Respond respond) {
    const auto* spec = registry_.letter(name);
    if (!spec) return refuse("unknown", request, &session, Problem(problems::not_found), std::move(respond));
    auto body = body_of(request);
    if (!body) return refuse("letter." + name, request, &session, body.error(), std::move(respond));
    if (!session.principal.actor.may(spec->permission))
        return refuse("letter." + name, request, &session,
                      Problem(problems::permission_denied, {{"permission", spec->permission}}),
                      std::move(respond));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    const auto case_id = text_of(*body, "case_id");
    if (const auto problem = backend_.refusal("letter." + name, {{"case_id", case_id}}))
        return refuse("letter." + name, request, &session, *problem, std::move(respond));
    auto letter = std::make_shared<Result<Letter>>(fail(problems::internal));
    runner->write(
        [spec, runner, case_id, letter, principal = session.principal](Transaction& tx) {
            const auto at = system::now();
            QueryContext context{runner->scope().tenant,
                                 principal.actor,
                                 principal.origin,
                                 runner->scope().side,
                                 at,
                                 local_date(at),
                                 *runner->scope().reference,
                                 tx,
                                 {},
                                 "Schreiben erstellt"};
            *letter = spec->builder(context, case_id);
        },
        [this, letter, name, case_id, runner, respond, request, session](bool good) {
            if (!good) return respond(problem_response(Problem(problems::store_full)));
            if (!*letter) return refuse("letter." + name, request, &session, letter->error(), respond);
            // Drawing takes a while, and others write meanwhile.
            away(papers_, respond, [this, letter, name, case_id, runner, respond, session] {
                keep_letter(letters_.render(**letter), name, case_id, session.principal, *runner, respond);
            });
        });
}

/// Stores the file and attaches it to its case, one right behind the other in the writer's queue.
void DeskApi::keep_letter(Bytes pdf, const std::string& name, const std::string& case_id,
                          const Principal& principal, TenantRunner& runner, const http::Respond& respond) {
    CommandRequest attach;
    attach.id = system::new_id();
    attach.name = "case.attach";
    attach.payload = {
        {"case_id", case_id}, {"kind", "letter." + name},        {"hash", to_hex(sha256(pdf))},
        {"title", name},      {"media_type", "application/pdf"}, {"size", std::int64_t(pdf.size())}};
    attach.actor = principal.actor;
    attach.origin = principal.origin;
    attach.at = system::now();
    auto stored = std::make_shared<Result<std::string>>(fail(problems::internal));
    runner.write([pdf = std::move(pdf), stored](Transaction& tx) { *stored = wa::put_document(tx, pdf); },
                 [stored](bool good) {
                     if (!good) *stored = fail(problems::store_full);
                 });
    runner.run(std::move(attach), [this, stored, respond](const CommandResult& result) {
        if (!*stored) return respond(problem_response(stored->error()));
        if (result.outcome == Outcome::refused) return respond(problem_response(result.problem));
        respond(http::json_response(200, json::object{{"hash", **stored}}));
    });
}

http::Response DeskApi::letter_response(const Letter& letter, const std::string& name) const {
    return file_response(letters_.render(letter), name, true);
}

/// The record of processing of a procedure as a PDF, made from the same answer as the page.
void DeskApi::record_route(const std::string& name, const Session& session, http::Respond respond) {
    constexpr std::string_view ending = ".pdf";
    const auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    if (name.size() <= ending.size() || !std::string_view(name).ends_with(ending))
        return respond(problem_response(Problem(problems::not_found)));
    const auto procedure = name.substr(0, name.size() - ending.size());
    const auto at = system::now();
    QueryRequest query{"records_of_processing", {{"procedure", procedure}}, "",
                       session.principal.actor, session.principal.origin,   at};
    runner->ask(std::move(query), [this, runner, at, procedure, respond](Result<json::object> record) {
        if (!record) return respond(problem_response(record.error()));
        // Drawing takes a while: not on the thread that answers others.
        slowly(respond, [this, runner, at, procedure, record = *record, respond] {
            const auto letter = processing_record_letter(record, runner->scope().tenant, local_date(at));
            respond(letter_response(letter, procedure + ".pdf"));
        });
    });
}

}  // namespace wa::service
