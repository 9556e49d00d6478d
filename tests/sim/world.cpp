#include "world.hpp"

#include <fmt/format.h>

#include "parts.hpp"

namespace wa::sim {

namespace {

/// Sets a clock off by hours or by seconds; true when it goes forth.
bool turn(std::int64_t& clock, std::int64_t hours, Random& random) {
    const auto before = clock;
    clock = random.chance(500) ? random.between(-hours, hours) * 3'600'000 : random.between(-60, 60) * 1000;
    return clock > before;
}

}  // namespace

World::World(const Plan& plan) : plan_(plan), weather_(plan.seed * 104'729 + 1) {
    for (const bool newer : {false, true}) engines_[newer] = std::make_unique<Engine>(registry_of(newer));
    for (int index = 0; index < authorities; ++index) {
        auto tenant = std::make_unique<Tenant>();
        tenant->who = &authority(index);
        tenant->disk = std::make_shared<SimDisk>();
        tenant->disk->put("store.db", tenant->who->store);
        tenants_.push_back(std::move(tenant));
    }
    open_hub();
    for (auto& tenant : tenants_) {
        check_journal(*tenant);
        tenant->set_up = tenant->journal_seen;
    }
    for (int index = 0; index < koffers; ++index) make_koffer(index);
    for (auto& tenant : tenants_) {
        tenant->post.random = Random(plan_.seed * 17 + std::uint64_t(tenant->who->index));
        // Where it is hardly reached, much is due when a backup is taken.
        tenant->post.silence = tenant->post.random.chance(250) ? 900 : 80;
        mail(*tenant);
    }
    for (const auto& step : plan_.steps)
        loop_.after(step.at, [this, &step] {
            if (!calm_) play(step);
        });
}

World::~World() = default;

void World::tell(const std::string& sentence) {
    if (!plan_.story) return;
    const auto at = fmt::format("{:7.3f} s  ", double(loop_.now) / 1000);
    repeated_ = sentence == last_sentence_ ? repeated_ + 1 : 0;
    if (repeated_ > 1) story_.pop_back();
    story_.push_back(at + (repeated_ > 0 ? fmt::format("(again, {} times)", repeated_) : sentence));
    last_sentence_ = sentence;
}

void World::fail(const std::string& what) {
    if (!failure_.empty()) return;
    failure_ = what;
    tell("FOUND: " + what);
}

void World::play(const Step& step) {
    ++tally_.steps;
    auto& koffer = *koffers_[std::size_t(step.who)];
    auto& tenant = *tenants_[std::size_t(step.who) % tenants_.size()];
    Random random(step.seed);
    const auto fill = [&](const std::shared_ptr<SimDisk>& disk, std::int64_t room) {
        const auto left = std::uint64_t(random.between(0, room));
        fill_for_a_while(disk, left, random.between(200, 4000));
    };
    switch (step.deed) {
        case Deed::work:
            return work(koffer, step);
        case Deed::counter:
            return counter(tenant, step);
        case Deed::letter:
            if (hub_up_) office(tenant, step, 0, "message.receive");
            return;
        case Deed::tour:
            return tour_step(koffer, step);
        case Deed::crash_koffer:
            return crash_koffer(koffer, "is killed");
        case Deed::power_koffer:
            koffer.disk->fail_after(std::uint64_t(random.between(1, 30)));
            return tell(koffer.name + ": the power will go at one of its next writes");
        case Deed::fill_koffer:
            tell(koffer.name + ": the disk is almost full for a while");
            return fill(koffer.disk, 40'000);
        case Deed::clock:
            if (turn(koffer.clock, 400, random))
                ++tally_[Trouble::koffer_clock_forth];
            else
                ++tally_[Trouble::koffer_clock_back];
            return tell(fmt::format("{}: the clock is {} s off now", koffer.name, koffer.clock / 1000));
        case Deed::hub_clock:
            if (turn(hub_clock_, 48, random))
                ++tally_[Trouble::hub_clock_forth];
            else
                ++tally_[Trouble::hub_clock_back];
            return tell(fmt::format("hub: the clock is {} s off now", hub_clock_ / 1000));
        case Deed::cut:
            if (koffer.connection) cut(koffer.connection, random.chance(400), random.chance(300));
            return;
        case Deed::mangle:
            if (koffer.connection) koffer.connection->mangle_next = int(random.between(1, 4));
            return;
        case Deed::slow:
            koffer.delay = random.between(5, 600);
            koffer.upload_rate = random.between(8'000, 400'000);
            return tell(fmt::format("{}: its line is another one, {} kB/s, {} ms", koffer.name,
                                    koffer.upload_rate / 1000, koffer.delay));
        case Deed::crash_hub:
            return crash_hub("is killed");
        case Deed::power_hub:
            tenant.disk->fail_after(std::uint64_t(random.between(1, 60)));
            return tell("hub: the power will go at one of its next writes");
        case Deed::fill_hub:
            tell("hub: the disk is almost full for a while");
            return fill(tenant.disk, 60'000);
        case Deed::backup:
            if (!hub_up_) return;
            try {
                tenant.store->copy_to("backup.db");
                tenant.backups.push_back(tenant.disk->read("backup.db").value());
                tell("hub: a backup of " + tenant.who->marker + " is taken");
            } catch (const StoreError&) {
                tell("hub: a backup fails");
            }
            if (tenant.disk->dead()) crash_hub("loses its power");
            return;
        case Deed::restore:
            return restore(tenant, step);
        case Deed::revoke:
            return revoke(koffer, step);
        case Deed::upgrade_hub:
            if (hub_newer_) return;
            tell("hub: stops and starts with tomorrow's program");
            hub_newer_ = true;
            hub_refuses_old_ = random.chance(300);
            return crash_hub("is upgraded");
        case Deed::upgrade_koffer:
            if (!hub_newer_ || koffer.newer) return;
            koffer.newer = true;
            return crash_koffer(koffer, "gets tomorrow's program");
        case Deed::expire:
            if (koffer.store) expire(koffer);
            return;
        case Deed::stick:
            return carry_queue(koffer, step);
        case Deed::forge:
            return forge(koffer, step);
    }
}

void World::fill_for_a_while(const std::shared_ptr<SimDisk>& disk, std::uint64_t room, std::int64_t ms) {
    std::uint64_t used = 0;
    for (const auto& name : disk->files()) used += disk->read(name)->size();
    disk->set_capacity(used + room);
    loop_.after(ms, [disk] { disk->set_capacity(std::nullopt); });
}

/// Power lost and back.
void World::crash_disk(SimDisk& disk, std::uint64_t seed) {
    const auto torn = disk.counters().torn;
    disk.set_capacity(std::nullopt);
    disk.crash(seed);
    tally_[Trouble::torn_write] += std::int64_t(disk.counters().torn - torn);
}

/// Now everything must come to rest.
void World::clear_weather() {
    calm_ = true;
    tell("the weather clears");
    for (auto& tenant : tenants_) {
        tenant->disk->fail_after(0);
        tenant->disk->set_capacity(std::nullopt);
    }
    for (auto& koffer : koffers_) {
        koffer->disk->fail_after(0);
        koffer->disk->set_capacity(std::nullopt);
        if (koffer->disk->dead()) crash_koffer(*koffer, "loses its power");
        if (hub_newer_ && !koffer->newer && hub_refuses_old_) {
            koffer->newer = true;
            crash_koffer(*koffer, "gets tomorrow's program");
        }
        koffer->upload_rate = std::max<std::int64_t>(koffer->upload_rate, 500'000);
        koffer->delay = std::min<std::int64_t>(koffer->delay, 200);
        if (!koffer->session) continue;
        koffer->session->line_may_be_back(loop_.now);
        pump(*koffer);
    }
}

std::string World::run() {
    while (failure_.empty() && loop_.step(plan_.until)) {
    }
    if (failure_.empty()) clear_weather();
    constexpr std::int64_t patience = 10 * 60'000;
    const auto give_up = loop_.now + patience;
    std::string unrest = "it has not begun";
    while (failure_.empty() && loop_.now < give_up && !unrest.empty()) {
        const auto next = loop_.now + 500;
        while (failure_.empty() && loop_.step(next)) {
        }
        if (failure_.empty()) unrest = this->unrest();
    }
    if (failure_.empty() && !unrest.empty()) fail("no rest after ten minutes of good weather: " + unrest);
    if (failure_.empty()) check_quiet();
    for (auto& koffer : koffers_) count_bytes(*koffer);
    tally_.simulated_ms = loop_.now;
    return failure_;
}

}  // namespace wa::sim
