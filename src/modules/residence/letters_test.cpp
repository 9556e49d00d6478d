#include <functional>
#include <map>

#include "kernel/documents.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

std::vector<std::pair<std::string, std::string>> rows_of(const Letter& letter) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& block : letter.body)
        if (const auto* table = std::get_if<letter::FieldTable>(&block))
            for (const auto& row : table->rows) rows.emplace_back(row.label, row.value);
    return rows;
}

std::string text_of_letter(const Letter& letter) {
    std::string all;
    for (const auto& block : letter.body) {
        if (const auto* p = std::get_if<letter::Paragraph>(&block)) all += p->text + "\n";
        if (const auto* n = std::get_if<letter::Notice>(&block)) all += n->title + n->text + "\n";
        if (const auto* s = std::get_if<letter::SmallPrint>(&block)) all += s->text + "\n";
    }
    for (const auto& [label, value] : rows_of(letter)) all += label + "=" + value + "\n";
    return all;
}

TEST(Letters, ConfirmationHasExactlyEightData) {
    TestWorld world;
    const auto id = prepared_case(world, test_form());
    EXPECT_EQ(world.letter("confirmation", id).error().code, "residence.not_booked");
    world.must("residence.book", {{"case_id", id}});
    const auto letter = world.letter("confirmation", id);
    ASSERT_TRUE(letter);
    EXPECT_TRUE(letter->official);
    const std::vector<std::pair<std::string, std::string>> eight{
        {"Familienname", "Müller-Lüdenscheidt"},
        {"Vornamen", "Anna Maria (Rufname: Maria)"},
        {"Doktorgrad", "–"},
        {"Geburtsdatum", "3.4.1962"},
        {"Einzugsdatum", "26.10.2026"},
        {"Datum der Anmeldung", "5.11.2026"},
        {"Anschrift", "Lindenweg 5, 99101 Testhausen"},
        {"Status der Wohnung", "alleinige Wohnung"}};
    EXPECT_EQ(rows_of(*letter), eight);
    EXPECT_EQ(letter->sender.authority, "Stadt Testhausen");
    EXPECT_EQ(letter->place_and_date, "Testhausen, 5.11.2026");
    EXPECT_TRUE(letter->reference.empty());
}

/// Each on a page of their own; nothing of one on the page of another.
TEST(Letters, ConfirmationForEachPerson) {
    TestWorld world;
    auto form = test_family();
    form["delivery"] = "post";
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", id}});
    const auto letter = world.letter("confirmation", id);
    ASSERT_TRUE(letter);
    EXPECT_EQ(rows_of(*letter).size(), 24u);
    EXPECT_EQ(rows_of(*letter)[17].second, "Lena");
    std::size_t breaks = 0;
    for (const auto& block : letter->body) breaks += std::holds_alternative<letter::PageBreak>(block);
    EXPECT_EQ(breaks, 2u);
    EXPECT_EQ(letter->recipient_lines, (std::vector<std::string>{"Anna Maria Müller-Lüdenscheidt",
                                                                 "Lindenweg 5", "99101 Testhausen"}));
}

TEST(Letters, TheLessorIsAskedAndLearnsNoNames) {
    TestWorld world;
    auto form = test_form();
    auto& lessor = form["lessor"].as_object();
    const auto id = prepared_case(world, form);
    EXPECT_EQ(world.letter("lessor_request", id).error().code, "residence.not_booked");
    world.must("residence.book", {{"case_id", id}});
    EXPECT_EQ(world.letter("lessor_request", id).error().code, "residence.lessor_unknown");
    lessor["lessor_name"] = "Haus und Grund GmbH";
    lessor["lessor_address"] = test_dwelling("00102", "Marktplatz", 2);
    mover_of(form)["person"].as_object()["birth_date"] = "1971-04-03";
    const auto other = prepared_case(world, form);
    world.must("residence.book", {{"case_id", other}});
    const auto letter = world.letter("lessor_request", other);
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->recipient_lines,
              (std::vector<std::string>{"Haus und Grund GmbH", "Marktplatz 2", "99101 Testhausen"}));
    EXPECT_EQ(text_of_letter(*letter).find("Lüdenscheidt"), std::string::npos);
    EXPECT_NE(text_of_letter(*letter).find("Lindenweg 5"), std::string::npos);
}

TEST(Letters, DeclarationOfAFamilyHasAPartForEach) {
    TestWorld world;
    const auto id = prepared_case(world, test_family());
    const auto letter = world.letter("declaration", id);
    ASSERT_TRUE(letter);
    std::vector<std::string> headings;
    for (const auto& block : letter->body)
        if (const auto* heading = std::get_if<letter::Heading>(&block)) headings.push_back(heading->text);
    for (const auto* expected : {"Person 1", "Person 2", "Person 3"})
        EXPECT_EQ(std::count(headings.begin(), headings.end(), expected), 1) << expected;
    const auto text = text_of_letter(*letter);
    for (const auto* said :
         {"Person: Vornamen=Lena", "Sorgerecht: Wer hat das Sorgerecht?=zwei Personen gemeinsam",
          "Sorgerecht: Sorgeberechtigt unter den Angemeldeten=Anna Maria Müller-Lüdenscheidt; Otto "
          "Müller-Lüdenscheidt",
          "anmelden darf=ja"})
        EXPECT_NE(text.find(said), std::string::npos) << said << text;
}

TEST(Letters, ReceiptIsNoCertificate) {
    TestWorld world;
    const auto id = prepared_case(world, test_form());
    EXPECT_EQ(world.letter("receipt", id).error().code, "residence.no_receipt");
    const auto number = text_of(world.must("case.issue_receipt", {{"case_id", id}}), "number");
    const auto letter = world.letter("receipt", id);
    ASSERT_TRUE(letter);
    EXPECT_FALSE(letter->official);
    const auto text = text_of_letter(*letter);
    EXPECT_NE(text.find("keine amtliche Meldebestätigung"), std::string::npos);
    EXPECT_NE(text.find(number), std::string::npos);
    EXPECT_NE(text.find("Reichen Sie bitte noch die Bestätigung Ihres Wohnungsgebers ein"),
              std::string::npos);
    auto own = test_form();
    own["lessor"] = json::object{{"lessor_form", "self"}};
    const auto other = prepared_case(world, std::move(own));
    world.must("case.issue_receipt", {{"case_id", other}});
    EXPECT_NE(text_of_letter(*world.letter("receipt", other)).find("Meldebestätigung. Sie müssen nichts"),
              std::string::npos);
}

TEST(Letters, DeclarationShowsEverythingDeclared) {
    TestWorld world;
    auto form = test_form();
    mover_of(form)["objections"] = json::array{"parties", "jubilees"};
    const auto id = prepared_case(world, std::move(form));
    const auto letter = world.letter("declaration", id);
    ASSERT_TRUE(letter);
    EXPECT_FALSE(letter->official);
    const auto text = text_of_letter(*letter);
    for (const auto* said :
         {"Person: Familienname=Müller-Lüdenscheidt", "Person: Staatsangehörigkeiten=deutsch (000)",
          "Tag des Einzugs=26.10.2026", "L01X00T47",
          "Neue Wohnung: Straße aus dem Straßenverzeichnis=Lindenweg (00101)", "Neue Wohnung: Hausnummer=5",
          "Letzte alleinige oder Hauptwohnung: Ort=Musterstedt", "Behalten Sie die bisherige Wohnung?=nein",
          "vor Wahlen (BMG § 50 Abs. 1); Alters-", "Religionsgesellschaft=evangelisch (ev)",
          "Ich habe die angezeigten Angaben gelesen"})
        EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
    EXPECT_TRUE(letter->watermark.empty());
}

TEST(Letters, DeclarationHasNoProgramNamesAndLocalTime) {
    TestWorld world;
    auto form = test_form();
    form["vms_received_at"] = "2026-11-05T07:16:34Z";
    form["vms_differences"] =
        json::array{json::object{{"path", "persons.0.person.marital_status_since"},
                                 {"received", "12.5.1990"},
                                 {"decision", "filled"}},
                    json::object{{"path", "previous_dwelling.house_letter"}, {"decision", "added"}},
                    json::object{{"path", "persons..x"}, {"decision", "added"}},
                    json::object{{"path", "persons.99999999999.person"}, {"decision", "added"}}};
    const auto id = prepared_case(world, std::move(form));
    const auto letter = world.letter("declaration", id);
    ASSERT_TRUE(letter);
    const auto text = text_of_letter(*letter);
    for (const auto* said : {"=5.11.2026, 08:16 Uhr",
                             "Person 1: Familienstand seit=Von der bisherigen Gemeinde: 12.5.1990\nEs gilt: "
                             "ergänzt, wie von der Gemeinde",
                             "Letzte alleinige oder Hauptwohnung: Buchstabe zur Hausnummer=Es gilt: von der "
                             "Person ergänzt"})
        EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
    for (const auto* hidden : {"persons.0", "house_letter", "T07:16", "Abweichung"})
        EXPECT_EQ(text.find(hidden), std::string::npos) << hidden;
}

TEST(Letters, DeclarationCarriesTheSignature) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    const auto hash =
        text_of(world.must("case.submit", {{"case_id", id}, {"form", test_form()}}), "form_hash");
    std::string picture;
    {
        auto tx = world.store().begin_write();
        picture = *put_document(*tx, Bytes{1, 2, 3});
        tx->commit();
    }
    world.must("case.sign", {{"case_id", id},
                             {"form_hash", hash},
                             {"signer", signer_of(test_form())},
                             {"method", "pad"},
                             {"signature", picture}});
    const auto letter = world.letter("declaration", id);
    ASSERT_TRUE(letter);
    bool found = false;
    for (const auto& block : letter->body)
        if (const auto* shown = std::get_if<letter::Picture>(&block)) {
            found = true;
            EXPECT_EQ(shown->png, (Bytes{1, 2, 3}));
            EXPECT_EQ(shown->caption, "Anna Maria Müller-Lüdenscheidt, 5.11.2026, 09:00 Uhr");
        }
    EXPECT_TRUE(found);
}

TEST(Letters, TheSheetToBeSignedIsNoDraftAndHasALineToSignOn) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    const json::object submit{{"case_id", id}, {"form", test_form()}};
    const auto hash = text_of(world.must("case.submit", submit), "form_hash");
    const auto sheet = world.letter("declaration", id);
    ASSERT_TRUE(sheet);
    EXPECT_TRUE(sheet->watermark.empty());
    EXPECT_NE(text_of_letter(*sheet).find("__\nAnna Maria Müller-Lüdenscheidt"), std::string::npos);
    world.must(
        "case.sign",
        {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(test_form())}, {"method", "paper"}});
    const auto copy = text_of_letter(*world.letter("declaration", id));
    EXPECT_EQ(copy.find("__"), std::string::npos);
    EXPECT_NE(copy.find("Unterschrieben auf Papier"), std::string::npos);

    const auto other = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    world.must("case.submit", {{"case_id", other}, {"form", test_form()}});
    world.must("case.withdraw", {{"case_id", other}, {"reason", "zieht nicht um"}});
    EXPECT_EQ(world.letter("declaration", other)->watermark, "Entwurf") << "nobody signs this any more";
}

TEST(Letters, LawsStandOnceAndInShort) {
    using residence::laws_in_short;
    EXPECT_EQ(laws_in_short({"BMG § 3 Abs. 1 Nr. 12, § 20", "BMG §§ 20–22", "BMG § 3 Abs. 1"}),
              "BMG §§ 3, 20–22");
    EXPECT_EQ(laws_in_short({"BMG § 23 Abs. 3; 1. BMeldDÜV §§ 4, 5"}), "BMG § 23; 1. BMeldDÜV §§ 4, 5");
    EXPECT_EQ(laws_in_short({"BMG § 19 Abs. 1; § 3 Abs. 2 Nr. 10"}), "BMG §§ 3, 19");
    EXPECT_EQ(laws_in_short({"DSGVO Art. 13; BMG § 42 Abs. 3, § 50 Abs. 5", "AO § 139b", "PAuswG"}),
              "DSGVO Art. 13; BMG §§ 42, 50; AO § 139b; PAuswG");
    EXPECT_EQ(laws_in_short({"BMG § 22 Abs. 2 und 5"}), "BMG § 22");
    EXPECT_EQ(laws_in_short({"§", "", "BMG §§ 9–"}), laws_in_short({"BMG § 9"}));
}

/// Each purpose of a field, each recipient and each rule of retention stands in one part of the leaflet.
TEST(Letters, PrivacyNoticeLeavesNothingOut) {
    const auto& description = test_registry().procedure("residence.registration")->description();
    std::map<std::string, int> parts, purposes;
    for (const auto& entry : array_of(description, "purposes")) {
        const auto& part = entry.as_object();
        parts[text_of(part, "id")] = 0;
        for (const auto& purpose : array_of(part, "of")) ++purposes[std::string(purpose.as_string())];
    }
    for (const auto& [purpose, times] : purposes) EXPECT_EQ(times, 1) << purpose;
    const std::function<void(const json::array&)> look = [&](const json::array& fields) {
        for (const auto& field : fields) {
            const auto purpose = text_of(field.as_object(), "purpose");
            EXPECT_EQ(purposes.count(purpose), purpose.empty() ? 0u : 1u) << purpose;
            look(array_of(field.as_object(), "fields"));
        }
    };
    for (const auto& section : array_of(description, "sections"))
        look(array_of(section.as_object(), "fields"));
    for (const auto* list : {"recipients", "retention_rules"})
        for (const auto& entry : array_of(description, list))
            EXPECT_EQ(parts.count(text_of(entry.as_object(), "for")), 1u) << json::serialize(entry);
}

TEST(Letters, WhoSupervisesDataProtectionIsNamedIfTheTenantSaysSo) {
    Tenant tenant;
    const std::string sentence =
        "Sie können sich bei der Datenschutzaufsicht des Landes beschweren (Artikel 77)";
    EXPECT_EQ(residence::data_rights(tenant).items.back(), sentence + ".");
    tenant.sender["supervision"] = "Datenschutzaufsicht Testland, 99100 Testburg";
    EXPECT_EQ(residence::data_rights(tenant).items.back(),
              sentence + ": Datenschutzaufsicht Testland, 99100 Testburg.");
}

/// A leaflet's file may be kept: there must be nothing of anybody in it.
TEST(Letters, OnlyWhatIsTheSameForEverybodyIsALeaflet) {
    TestWorld world;
    auto form = test_form();
    const auto one = prepared_case(world, form);
    world.must("residence.book", {{"case_id", one}});
    const auto other = prepared_case(world, test_family());
    EXPECT_EQ(*world.letter("privacy_notice", one), *world.letter("privacy_notice", other));
    for (const auto& [name, spec] : test_registry().letters())
        for (const auto& id : {one, other}) {
            const auto letter = world.letter(name, id);
            if (letter) {
                EXPECT_EQ(letter->leaflet, name == "privacy_notice") << name;
            }
        }
}

TEST(Letters, PrivacyNoticeComesFromTheData) {
    TestWorld world;
    const auto id = prepared_case(world, test_form());
    const auto letter = world.letter("privacy_notice", id);
    ASSERT_TRUE(letter);
    const auto text = text_of_letter(*letter);
    std::vector<std::string> headings;
    for (const auto& block : letter->body)
        if (const auto* heading = std::get_if<letter::Heading>(&block)) headings.push_back(heading->text);
    EXPECT_EQ(headings,
              (std::vector<std::string>{
                  "Wer ist verantwortlich?", "Das Melderegister führen",
                  "Prüfen, wer sich anmeldet und ob die Angaben stimmen", "Andere Stellen unterrichten",
                  "Ihre Widersprüche und Sperren beachten", "Ihnen die Meldebestätigung zustellen",
                  "Ihre Rechte", "Sie können widersprechen", "Müssen Sie die Angaben machen?"}));
    EXPECT_EQ(text.find("zu prüfen"), std::string::npos);
    EXPECT_NE(
        text.find(
            "noch geprüft: EStG § 39e; 2. BMeldDÜV; AZRG; Landesrecht; Waffenrecht; Schulrecht des Landes; "
            "Abfallrecht des Landes; Recht der Bevölkerungsstatistik; Wahlrecht von Bund und Land; Praxis "
            "der Länder; Festlegung der Meldebehörde; IDNrG § 9."),
        std::string::npos)
        << text;
    for (const auto* said :
         {"Gesetz=BMG §§ 3, 17, 20–23, 25, 27, 32; 1. BMeldDÜV §§ 4, 5", "Stadt Testhausen",
          "BMG § 50 Abs. 5", "An: Waffenbehörde=wenn",
          "An: Beitragsservice des Rundfunks=bei Volljährigen: Name",
          "Protokoll der Anforderung des vorausgefüllten Meldescheins=zwölf Monate (1. BMeldDÜV § 5)"})
        EXPECT_NE(text.find(said), std::string::npos) << said;
    // A promise of erasure stands there only where a command keeps it.
    int kept = 0, meant = 0;
    for (const auto& entry :
         array_of(test_registry().procedure("residence.registration")->description(), "retention_rules")) {
        const auto& rule = entry.as_object();
        const auto said = text_of(object_of(rule, "rule"), "de");
        const bool done = !text_of(rule, "done_by").empty();
        EXPECT_NE(text.find((done ? "=" : "vorgesehen: ") + said), std::string::npos) << said;
        ++(done ? kept : meant);
    }
    EXPECT_GT(kept, 0);
    EXPECT_EQ(meant > 0, text.find("löscht danach noch nicht von selbst") != std::string::npos);
    // Nothing of the person stands on a leaflet.
    EXPECT_EQ(text.find("Müller"), std::string::npos);
}

}  // namespace
}  // namespace wa
