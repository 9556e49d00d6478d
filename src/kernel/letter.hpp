// What a letter says, and nothing about how it is drawn. Pure data; an adapter turns it into a PDF.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

namespace wa {

/// One part of a letter's body. All texts are UTF-8; a line feed starts a new line.
namespace letter {

/// A heading of the second level (the subject is the first).
struct Heading {
    std::string text;
    bool operator==(const Heading&) const = default;
};

struct Paragraph {
    std::string text;
    bool operator==(const Paragraph&) const = default;
};

/// Two columns: what it is, and what it says. Rows keep their order; long values wrap, long tables continue
/// on the next page.
struct FieldTable {
    struct Row {
        std::string label, value;
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> rows;
    bool operator==(const FieldTable&) const = default;
};

struct BulletList {
    std::vector<std::string> items;
    bool operator==(const BulletList&) const = default;
};

/// A picture, usually a signature. `alt` says in words what can be seen (read aloud by a screen reader).
/// `caption` stands under a thin line below the picture.
struct Picture {
    Bytes png;  ///< PNG, at most 40 million pixels; transparency is laid on white
    std::string alt;
    double max_height_mm = 18;  ///< 1 to 230; the width of the text is never exceeded
    std::string caption;
    bool operator==(const Picture&) const = default;
};

/// A box that must not be overlooked. The title may be empty.
struct Notice {
    std::string title, text;
    bool operator==(const Notice&) const = default;
};

/// The next block starts on a new page.
struct PageBreak {
    bool operator==(const PageBreak&) const = default;
};

/// Legal references, remedies, privacy notes: small and grey.
struct SmallPrint {
    std::string text;
    bool operator==(const SmallPrint&) const = default;
};

using Block =
    std::variant<Heading, Paragraph, FieldTable, BulletList, Picture, Notice, PageBreak, SmallPrint>;

}  // namespace letter

/// One letter of an authority. The same Letter always gives the same bytes: no clock, no randomness.
struct Letter {
    /// Whose letterhead it carries.
    struct Sender {
        std::string authority;                  ///< "Stadt Musterhausen"
        std::string office;                     ///< "Bürgerbüro"
        std::string street;                     ///< "Marktplatz 1"
        std::string place;                      ///< "12345 Musterhausen"
        std::string phone;                      ///< may be empty
        std::string accent_colour = "#1f4e79";  ///< "#rrggbb"; anything else reads as the default
        std::string arms_svg;                   ///< coat of arms; empty: none
        bool operator==(const Sender&) const = default;
    };

    std::string language = "de";  ///< BCP 47; words of the frame exist in "de" and "en"
    std::string title;            ///< of the file; the subject when empty
    Sender sender;
    std::vector<std::string> recipient_lines;  ///< empty: handed over in person, no address field
    std::string place_and_date;                ///< "Musterhausen, 05.11.2026"
    std::string reference;                     ///< case number; also as barcode when printable ASCII
    std::string subject;                       ///< the visible heading
    std::vector<letter::Block> body;
    bool official =
        true;  ///< false: shown without the coat of arms, so that it cannot be taken for an official act
    std::string footer;     ///< small text at the foot of every page, at most 8 lines; may be empty
    std::string watermark;  ///< one word behind the text, e.g. "Entwurf"; usually empty
    std::string created;    ///< "2026-11-05" or "2026-11-05T12:30:00Z"; empty: the file has no date
    /// Says nothing of anybody in particular, and is handed out again and again: its file may be kept.
    bool leaflet = false;
    bool operator==(const Letter&) const = default;
};

/// Turns letters into files. Implementations may be called from several threads at once.
class LetterRenderer {
  public:
    virtual ~LetterRenderer() = default;
    /// The letter as PDF. Equal letters give equal bytes. Throws (adapter) when a picture cannot be read or
    /// the environment is broken; never because of a text.
    virtual Bytes render(const Letter& letter) = 0;
};

}  // namespace wa
