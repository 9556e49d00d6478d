// The courier between the hub and the exchange. The product's goes over sockets; this one keeps its order:
// the exchange takes a message, the list of what has left knows it, the store notes it. The hub may end
// between any two of these.
#include "apps/hub/courier_words.hpp"

#include <fmt/format.h>

#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "parts.hpp"

namespace wa::sim {

/// Every second or two it looks for what is due.
void World::mail(Tenant& tenant) {
    loop_.after(tenant.post.random.between(500, 2500), [this, &tenant] {
        send_due(tenant);
        mail(tenant);
    });
}

void World::hop(Tenant& tenant, std::function<void()> work) {
    loop_.after(tenant.post.random.between(1, 2500), [this, work = std::move(work), life = hub_life_] {
        if (life == hub_life_) work();
    });
}

/// One message, then the next one.
void World::send_due(Tenant& tenant) {
    auto& post = tenant.post;
    if (!hub_up_ || post.under_way) return;
    Rows due;
    try {
        due = tenant.store->begin_read()->query(sql::kernel::messages_to_send);
    } catch (const StoreError&) {
        return;
    }
    if (due.empty()) return;
    post.under_way = true;
    const auto id = due.front().text("id");
    const auto attempts = due.front().integer("attempts");
    if (post.list->has(id) && !has(Mutation::asks_no_list)) {
        ++tally_[Trouble::due_again];
        tell("hub: a message that had left is due again, and is not sent");
        return note_message(tenant, hub::note_of_answer(id, 200, {}, attempts));
    }
    hop(tenant, [this, &tenant, id, attempts] { offer(tenant, id, attempts + 1); });
}

/// What the exchange says to it.
void World::offer(Tenant& tenant, const std::string& id, std::int64_t attempts) {
    auto& post = tenant.post;
    if (!calm_ && post.random.chance(post.silence)) {
        tell("hub: the exchange is not reached");
        return note_message(tenant, hub::note_of_silence(id, attempts));
    }
    // Some exchanges refuse what others take.
    if (post.random.chance(200))
        return note_message(tenant, hub::note_of_answer(id, 400, {{"code", "message_faulty"}}, attempts));
    if (post.taken.insert(id).second)
        ++tally_[Trouble::told_others];
    else if (post.unlisted.erase(id) == 0)
        fail("a message that had left is sent again");
    tell("hub: the exchange has taken a message");
    post.between = id;
    hop(tenant, [this, &tenant, id, attempts] {
        if (!note_left(tenant, id)) return;
        hop(tenant, [this, &tenant, id, attempts] {
            note_message(tenant, hub::note_of_answer(id, 200, {}, attempts));
        });
    });
}

/// On the list of what has left. False when the disk did not take it: then it is offered once more.
bool World::note_left(Tenant& tenant, const std::string& id) {
    auto& post = tenant.post;
    if (!calm_ && post.random.chance(30)) {
        // Room for a part of the line, or for nothing.
        const auto room = std::uint64_t(post.random.between(0, 50));
        fill_for_a_while(tenant.disk, room, post.random.between(200, 4000));
    }
    try {
        post.list->note(id);
    } catch (const std::runtime_error&) {
        if (tenant.disk->dead()) {
            crash_hub("loses its power while it notes what has left");
            return false;
        }
        ++tally_[Trouble::list_full];
        tell("hub: the disk is full, what has left cannot be noted");
        post.unlisted.insert(std::exchange(post.between, {}));
        post.under_way = false;
        return false;
    }
    tell("hub: the message is on the list of what has left");
    post.between.clear();
    return true;
}

void World::note_message(Tenant& tenant, json::object state) {
    CommandRequest note;
    note.at = hub_now();
    note.id = id_from(fmt::format("post {} {} {}", plan_.seed, tenant.who->marker, ++tenant.post.notes),
                      note.at.ms);
    note.name = "message.note_state";
    const bool reached = text_of(state, "state") != "due";
    note.payload = std::move(state);
    note.actor = system_actor();
    note.origin = {"system", "hub", "Zentrale", ""};
    submit(tenant, {[this, &tenant, note](Transaction& tx) { run_at_hub(tenant, tx, note); },
                    [this, &tenant, reached] {
                        tenant.post.under_way = false;
                        if (reached) send_due(tenant);
                    },
                    [&tenant](const std::string&) { tenant.post.under_way = false; }});
}

/// The hub ends, wherever its courier is.
void World::drop_mail(Tenant& tenant) {
    auto& post = tenant.post;
    post.under_way = false;
    if (post.between.empty()) return;
    ++tally_[Trouble::left_unlisted];
    post.unlisted.insert(std::exchange(post.between, {}));
}

/// The list is lost: whatever the store does not know may come again from a Koffer, and leave once more. What
/// it knows may not, whether it is held or counts as handed over.
void World::expect_again(Tenant& tenant, Transaction& restored) {
    auto& post = tenant.post;
    post.unlisted = post.taken;
    std::erase_if(post.unlisted, [&](const std::string& id) { return post.list->has(id); });
    for (const auto& row : restored.query(Statement{"sim.outbox", "SELECT id FROM outbox"}))
        post.unlisted.erase(row.text("id"));
}

/// What is held after a restore and nobody has.
std::string World::held_message(Tenant& tenant) {
    for (const auto& row : tenant.store->begin_read()->query(
             Statement{"sim.held", "SELECT id FROM outbox WHERE state = 'held' ORDER BY id"}))
        if (tenant.post.taken.count(row.text("id")) == 0) return row.text("id");
    return "";
}

/// A person asks the exchange for each message that is held, and releases those it has not.
void World::release_held(Tenant& tenant, const Step& step) {
    loop_.after(tenant.post.random.between(200, 5000), [this, &tenant, step] {
        std::string id;
        try {
            if (hub_up_ && (id = held_message(tenant)).empty()) return;
        } catch (const StoreError&) {
            // Its disk is dead: they look again when the hub is back.
        }
        if (!id.empty()) {
            const auto release = at_counter(tenant, step, ++tenant.post.looks, tenant.who->clerks[2].actor,
                                            "message.release", {{"message_id", id}, {"reason", "Probe"}});
            // After two restores two persons look, and one may come second.
            auto done = std::make_shared<bool>(false);
            submit(tenant, {[this, &tenant, release, done](Transaction& tx) {
                                *done = run_at_hub(tenant, tx, release);
                            },
                            [this, &tenant, release, done] {
                                if (*done) tell_clerk(tenant, Told{release.id, release.name, "", "", 0});
                            },
                            [](const std::string&) {}});
        }
        release_held(tenant, step);
    });
}

/// What counts as handed over, the exchange has.
void World::check_messages(Tenant& tenant, Transaction& hub) {
    for (const auto& row : hub.query(
             Statement{"sim.handed_over", "SELECT id, message_type FROM outbox WHERE state = 'handed_over'"}))
        if (tenant.post.taken.count(row.text("id")) == 0)
            fail("a message counts as handed over, and nobody has it: " + row.text("message_type"));
}

}  // namespace wa::sim
