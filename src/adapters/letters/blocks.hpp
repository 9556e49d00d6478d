// The blocks of a letter's body, placed one below the other.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/letters/flow.hpp"
#include "kernel/letter.hpp"

namespace wa::letters {

/// The words before the values, broken into lines once: they are the same in every letter of a kind, and most
/// of its text. Not for several threads at once.
class Labels {
  public:
    Text of(PangoContext& context, const std::string& words);

  private:
    static constexpr std::size_t most = 1000;  ///< then all are forgotten
    std::map<std::string, Text> texts_;        ///< by language and words
};

/// Places all blocks. Descriptions of pictures are appended to `figures` in the order of their tags.
/// Throws std::runtime_error when a picture is not a readable PNG.
void place_body(Flow& flow, PangoContext& context, Labels& labels, const Letter& letter,
                std::vector<std::string>& figures);

}  // namespace wa::letters
