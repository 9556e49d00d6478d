// Booking a registration: what becomes of a person's dwellings.
#include <algorithm>
#include <set>

#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

class Dwellings {
  public:
    Dwellings(CommandContext& context, const std::string& person_id, const CaseView& the_case,
              const MoveForm& move, const Mover& mover, const std::string& registered_on)
        : context_(context),
          person_id_(person_id),
          the_case_(the_case),
          move_(move),
          registered_on_(registered_on),
          source_("Anmeldung " + the_case.row.text("number") + ", " + source_of(move, mover)),
          document_id_(shown_document(context.records.tx(), person_id, mover)) {}

    std::string move() {
        settle_known();
        const auto id = add_new();
        note_elsewhere();
        return id;
    }

  private:
    /// Municipality and building: a street of that name is in many.
    std::string key_of(const json::object& block) const {
        return text_of(block, "ags") + "|" +
               residence::address_key(street_name(block, context_.reference, context_.today),
                                      integer_of(block, "house_no"), text_of(block, "house_letter"));
    }
    static std::string key_of(const Row& row) { return row.text("ags") + "|" + row.text("address_key"); }

    /// One that the person still has besides the new dwelling.
    const HeldDwelling* kept(const Row& row) const {
        for (const auto& held : move_.dwellings)
            if (held.block != &move_.new_dwelling && key_of(*held.block) == key_of(row)) return &held;
        return nullptr;
    }

    /// What the person still has besides the new dwelling, and what ends with the move.
    void settle_known() {
        const auto out = text_or(move_.form, "previous_moved_out", move_.moved_in);
        for (const auto& row :
             context_.records.query(statements::dwellings_of, {{"person_id", person_id_}})) {
            const auto* held = kept(row);
            if (row.integer("current") == 0) {
                if (!held) come_back(row, std::max(out, row.text("moved_in")));
                continue;
            }
            context_.records.see("dwelling", row);
            if (held) {
                change_status(row, held->status);
                known_.insert(key_of(row));
            } else {
                end_dwelling(context_, row, std::max(out, row.text("moved_in")), source_, document_id_);
            }
        }
    }

    /// The dwelling elsewhere that somebody had left for, by a Rückmeldung, and has no more: they are here.
    void come_back(const Row& row, const std::string& moved_out) {
        if (row.text("moved_in").empty() || !row.text("moved_out").empty()) return;
        context_.records.see("dwelling", row);
        note_dwelling(context_, row, {"moved_out", moved_out, "change", source_, document_id_}, moved_out);
        context_.records.update("dwelling", row.text("id"), {{"moved_out", moved_out}});
        if (!row.text("ags").empty()) known_.insert(key_of(row));
    }

    /// A sole dwelling becomes the main one when another is added, a main one secondary, and so on.
    void change_status(const Row& row, const std::string& status) {
        change_dwelling_status(context_, row, status, std::max(move_.moved_in, row.text("moved_in")), source_,
                               the_case_.id(), document_id_);
    }

    std::string insert(const json::object& block, const Date& on, Columns more) {
        const auto id = context_.ids.next();
        auto columns = dwelling_columns(block, context_.reference, on);
        columns.push_back({"person_id", person_id_});
        columns.push_back({"source_case", the_case_.id()});
        for (auto& column : more) columns.push_back(std::move(column));
        context_.records.insert("dwelling", id, columns);
        return id;
    }

    std::string add_new() {
        const auto id = insert(move_.new_dwelling, move_.named_on,
                               {{"status", move_.new_status()},
                                {"current", std::int64_t(1)},
                                {"moved_in", move_.moved_in},
                                {"registered_on", registered_on_},
                                {"lessor", json::serialize(object_of(the_case_.form, "lessor"))},
                                {"source", source_},
                                {"document_id", document_id_.empty() ? Value() : Value(document_id_)}});
        const auto row = context_.records.find("dwelling", id);
        note_dwelling(context_, *row, {"dwelling", address_line(*row), "change", source_, document_id_},
                      move_.moved_in);
        return id;
    }

    /// Dwellings elsewhere that the register keeps: the last one outside, and further ones (BMG § 3 no. 12).
    void note_elsewhere() {
        const auto& form = move_.form;
        const auto& previous = object_of(form, "previous_dwelling");
        const bool elsewhere = text_of(previous, "ags") != context_.tenant.ags;
        if (elsewhere && !move_.previous_kept)
            note(previous, "E", false, "", text_or(form, "previous_moved_out", move_.moved_in));
        for (const auto& held : move_.dwellings)
            if (held.block != &move_.new_dwelling) note(*held.block, held.status, true, held.moved_in, "");
        note(object_of(form, "previous_abroad"), "E", false, "", move_.moved_in);
        note(object_of(form, "last_german_dwelling"), "E", false, "", "");
        for (const auto& entry : array_of(form, "other_dwellings"))
            if (const auto out = text_of(entry.as_object(), "moved_out"); !out.empty())
                note(object_of(entry.as_object(), "dwelling"), "N", false,
                     text_of(entry.as_object(), "moved_in"), out);
    }

    void note(const json::object& block, const std::string& status, bool current, const std::string& in,
              const std::string& out) {
        if (block.empty() || known_.count(key_of(block))) return;
        insert(block, context_.today,
               {{"status", status},
                {"current", std::int64_t(current)},
                {"moved_in", in},
                {"moved_out", out},
                {"source", std::string("Angabe der Person")}});
    }

    CommandContext& context_;
    const std::string& person_id_;
    const CaseView& the_case_;
    const MoveForm& move_;
    const std::string& registered_on_;
    std::string source_, document_id_;
    std::set<std::string> known_;
};

}  // namespace

std::string move_dwellings(CommandContext& context, const std::string& person_id, const CaseView& the_case,
                           const MoveForm& move, const Mover& mover, const std::string& registered_on) {
    return Dwellings(context, person_id, the_case, move, mover, registered_on).move();
}

}  // namespace wa::residence
