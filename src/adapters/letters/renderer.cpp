#include "adapters/letters/renderer.hpp"

#include <cairo-pdf.h>

#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>

#include "adapters/letters/archive.hpp"
#include "adapters/letters/blocks.hpp"
#include "adapters/letters/frame.hpp"

namespace wa::letters {
namespace {

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    auto& out = *static_cast<Bytes*>(closure);
    out.insert(out.end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

Bytes draw_pages(const std::vector<Page>& pages) {
    Bytes out;
    std::shared_ptr<cairo_surface_t> surface(
        cairo_pdf_surface_create_for_stream(append, &out, page_width, page_height), cairo_surface_destroy);
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    std::shared_ptr<cairo_t> cairo(cairo_create(surface.get()), cairo_destroy);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        for (const auto& draw : pages[i].under) draw(cairo.get());
        // cairo writes a structure tree only for what lies inside one outermost element.
        if (i == 0) cairo_tag_begin(cairo.get(), "Document", nullptr);
        for (const auto& draw : pages[i].content) draw(cairo.get());
        if (i + 1 == pages.size()) cairo_tag_end(cairo.get(), "Document");
        cairo_show_page(cairo.get());
    }
    const auto drawn = cairo_status(cairo.get());
    cairo.reset();
    cairo_surface_finish(surface.get());
    for (auto status : {drawn, cairo_surface_status(surface.get())})
        if (status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(std::string("letter: cairo says ") + cairo_status_to_string(status));
    return out;
}

/// The files of the leaflets handed out last. One that was not handed out for long makes room.
class Leaflets {
  public:
    Bytes of(const Letter& letter, const std::function<Bytes()>& make) {
        {
            std::lock_guard lock(mutex_);
            for (auto known = files_.begin(); known != files_.end(); ++known) {
                if (known->first != letter) continue;
                files_.splice(files_.begin(), files_, known);
                return known->second;
            }
        }
        auto file = make();
        std::lock_guard lock(mutex_);
        files_.emplace_front(letter, file);
        if (files_.size() > most) files_.pop_back();
        return file;
    }

  private:
    static constexpr std::size_t most = 64;  ///< some 5 MB: one a tenant and procedure
    std::mutex mutex_;
    std::list<std::pair<Letter, Bytes>> files_;
};

class PangoLetterRenderer final : public LetterRenderer {
  public:
    explicit PangoLetterRenderer(const std::string& folder) : fonts_(folder) {}

    Bytes render(const Letter& letter) override {
        return letter.leaflet ? leaflets_.of(letter, [&] { return make(letter); }) : make(letter);
    }

  private:
    Bytes make(const Letter& letter) {
        std::vector<std::string> figures;
        Bytes drawn;
        {
            std::lock_guard lock(mutex_);
            drawn = draw(letter, figures);
        }
        return to_archive(drawn, letter, figures);
    }

    Bytes draw(const Letter& letter, std::vector<std::string>& figures) {
        const auto context = fonts_.context();
        pango_context_set_language(context.get(),
                                   pango_language_from_string(printable(letter.language).c_str()));
        const double foot = foot_top(*context, letter);
        Flow flow(0, foot - mm(7));
        place_head(flow, *context, letter);
        place_body(flow, *context, labels_, letter, figures);
        place_frame(flow, *context, letter, foot);
        return draw_pages(flow.pages);
    }

    std::mutex mutex_;
    FontSet fonts_;
    Labels labels_;
    Leaflets leaflets_;
};

}  // namespace

std::unique_ptr<LetterRenderer> make_letter_renderer(const std::string& fonts_folder) {
    return std::make_unique<PangoLetterRenderer>(fonts_folder);
}

}  // namespace wa::letters
