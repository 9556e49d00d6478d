// The fonts of our letters: Noto Sans of Debian's fonts-noto-core, and nothing else of the machine.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>

namespace wa::letters {

inline constexpr const char* default_fonts_folder = "/usr/share/fonts/truetype/noto";

/// A private set of fonts. Only the files named here can be chosen, whatever else is installed, so a letter
/// looks the same on every machine. Not for use from two threads at once.
class FontSet {
  public:
    /// Throws std::runtime_error naming the file when a font is missing.
    explicit FontSet(const std::string& folder);

    /// A fresh context at 72 dpi (1 unit = 1 point) without hinting.
    std::shared_ptr<PangoContext> context() const;
    /// How many characters of the text no font of the set can show.
    int missing_glyphs(std::string_view utf8) const;

  private:
    std::shared_ptr<PangoFontMap> map_;
};

/// Shares ownership of a GLib object whose one reference the caller holds.
template <class T>
std::shared_ptr<T> own_object(T* object) {
    return std::shared_ptr<T>(object, [](T* o) { g_object_unref(o); });
}

}  // namespace wa::letters
