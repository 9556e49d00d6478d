#include "sync/wire.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "sync/compression.hpp"

namespace wa::sync {
namespace {

Bytes chained_envelope(std::int64_t seq, const Hash& previous, const std::string& note) {
    Envelope e;
    e.previous = previous;
    e.command_id = Id{{1, 2, 3, std::uint8_t(seq)}}.text();
    e.name = "case.note";
    e.stream = e.command_id;
    e.device_id = "K1";
    e.tour_id = "T1";
    e.device_seq = seq;
    e.at_ms = 1'788'000'000'000;
    e.user_id = "c";
    e.place = "koffer";
    e.payload = canonical_json(json::object{{"note", note}});
    auto bytes = write_envelope(e).value();
    bytes.resize(bytes.size() + envelope_signature_bytes, std::uint8_t(seq));
    return bytes;
}

Hash hash_of(const Bytes& bytes) {
    return envelope_hash(std::span(bytes).first(bytes.size() - envelope_signature_bytes));
}

template <class M>
M there_and_back(const M& message, std::uint32_t dictionary = 0) {
    const auto frame = write_message(message, dictionary);
    const auto back = read_message(frame, dictionary);
    EXPECT_TRUE(back && std::holds_alternative<M>(*back));
    // Cut anywhere, or with a byte too many, it is no message.
    for (std::size_t size = 0; size < frame.size(); size += 1 + frame.size() / 50)
        EXPECT_FALSE(read_message(std::span(frame).first(size), dictionary));
    auto longer = frame;
    longer.push_back(0);
    EXPECT_FALSE(read_message(longer, dictionary));
    return std::get<M>(*back);
}

TEST(Wire, EveryMessageComesBack) {
    const std::string hash(64, 'a');
    Hello hello;
    hello.device_id = "K1";
    hello.tour_id = "T1";
    hello.last_answered = 7;
    hello.unsettled = {3, 5};
    hello.documents = {{hash, 100'000}};
    hello.dictionary = own_dictionary();
    const auto h = there_and_back(hello);
    EXPECT_EQ(h.unsettled, hello.unsettled);
    EXPECT_EQ(h.documents.at(0).size, 100'000);
    EXPECT_EQ(h.dictionary, own_dictionary());
    Welcome welcome;
    welcome.documents = {{hash, false, {5}}, {hash, true, {}}};
    welcome.forked = true;
    const auto w = there_and_back(welcome);
    EXPECT_EQ(w.documents.at(0).bitmap, Bytes{5});
    EXPECT_TRUE(w.documents.at(1).complete && w.forked);
    welcome.begun = BegunChunk{hash, 2, 30'000, sha256("what has arrived")};
    const auto b = there_and_back(welcome);
    ASSERT_TRUE(b.begun);
    EXPECT_EQ(b.begun->hash, hash);
    EXPECT_EQ(b.begun->position, 2);
    EXPECT_EQ(b.begun->bytes, 30'000);
    EXPECT_EQ(b.begun->proof, welcome.begun->proof);
    EXPECT_EQ(b.documents.size(), 2u);
    Answers answers{{{4, Outcome::done, false, {}, Certainty::final_},
                     {5, Outcome::conflict, true,
                      Problem(std::string("conflict_stale"), {{"table", "person"}}), Certainty::hub}},
                    true,
                    9};
    const auto a = there_and_back(answers);
    EXPECT_EQ(a.answers.at(0).certainty, Certainty::final_);
    EXPECT_EQ(a.answers.at(1).problem.details, answers.answers[1].problem.details);
    EXPECT_TRUE(a.answers.at(1).quarantined && a.from_before && a.need_from == 9);
    EXPECT_EQ(there_and_back(Chunk{hash, 100'000, 1, Bytes(48 * 1024, 1)}).position, 1);
    EXPECT_EQ(there_and_back(ChunkMore{Bytes(10, 2)}).bytes, Bytes(10, 2));
    EXPECT_TRUE(there_and_back(ChunkAck{hash, {0, 1}, true, false}).complete);
    EXPECT_EQ(there_and_back(Heartbeat{12}).bytes_received, 12);
    Changes changes;
    changes.up_to = 44;
    changes.rows = {{"case_file", "id1", "{}"}, {"case_file", "id2", ""}};
    changes.hash.fill(9);
    EXPECT_EQ(there_and_back(changes, own_dictionary()).rows.at(1).id, "id2");
    EXPECT_EQ(there_and_back(changes, own_dictionary()).hash, changes.hash);
    EXPECT_EQ(there_and_back(Offer{{{hash, 1}}}).documents.size(), 1u);
    EXPECT_EQ(there_and_back(Held{{{hash, true, {}}}}).documents.size(), 1u);
    EXPECT_EQ(there_and_back(CheckIn{"T1", 8}).last_seq, 8);
    EXPECT_EQ(there_and_back(WipeAllowed{"T1"}).tour_id, "T1");
    EXPECT_EQ(there_and_back(RowsWanted{sha256("proof")}).proof, sha256("proof"));
    EXPECT_EQ(there_and_back(Wiped{"T1"}).tour_id, "T1");
    EXPECT_EQ(there_and_back(ChangesAck{3}).up_to, 3);
    EXPECT_EQ(there_and_back(Error{"store_full"}).code, "store_full");
}

TEST(Wire, EnvelopesArriveToTheByte) {
    Commands commands;
    commands.envelopes.push_back(chained_envelope(1, {}, "eins"));
    commands.envelopes.push_back(chained_envelope(2, hash_of(commands.envelopes[0]), "zwei"));
    commands.envelopes.push_back(chained_envelope(3, sha256("another chain"), "drei"));
    for (const auto dictionary : {std::uint32_t(0), own_dictionary()})
        EXPECT_EQ(there_and_back(commands, dictionary).envelopes, commands.envelopes);
    // The dictionary is part of the agreement.
    EXPECT_NE(own_dictionary(), 0u);
    EXPECT_FALSE(read_message(write_message(commands, own_dictionary()), own_dictionary() + 1));
}

TEST(Wire, BoundsAreKept) {
    EXPECT_FALSE(read_message({}, 0));
    EXPECT_FALSE(read_message(Bytes{0}, 0));
    EXPECT_FALSE(read_message(Bytes{200, 1, 1}, 0));
    // A small frame that unpacks to far too much.
    const auto bomb = compress(Bytes(max_unpacked_bytes + 1, 0), 0);
    ByteWriter frame;
    frame.u8(3);
    frame.bytes(bomb);
    EXPECT_LT(frame.written().size(), 10'000u);
    EXPECT_FALSE(read_message(frame.written(), 0));
    EXPECT_FALSE(decompress(bomb, 0, max_unpacked_bytes));
    EXPECT_TRUE(decompress(bomb, 0, max_unpacked_bytes + 1));
    EXPECT_FALSE(decompress(Bytes{1, 2, 3}, 0, 100));
}

}  // namespace
}  // namespace wa::sync
