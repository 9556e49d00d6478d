// Everything a tenant owns in one sealed file, for the tenant itself: asked for by the administration,
// released by the lead, made by the hub (src/apps/hub/tenant_exports.hpp). Here is what is asked, allowed and
// written down; files are none of a module's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/registry.hpp"

namespace wa {

/// States of a row of tenant_export.
namespace export_state {
inline constexpr std::string_view asked = "asked";              ///< released when its task is done
inline constexpr std::string_view making = "making";            ///< the hub writes the file
inline constexpr std::string_view ready = "ready";              ///< the file may be fetched
inline constexpr std::string_view interrupted = "interrupted";  ///< there is no file; may be made anew
inline constexpr std::string_view ended = "ended";              ///< withdrawn, refused, or its days are over
}  // namespace export_state

/// An export the hub may have a file of.
struct OpenExport {
    std::string id, state;
};
/// Those that are not ended, oldest first.
std::vector<OpenExport> open_exports(Transaction& tx);

/// export.*
void install_exports(Registry& registry);

}  // namespace wa
