// The machine's TPM 2.0: keeps small secrets that only it gives out, to who knows a second one, and for a
// time.
//
// A secret lies in an NV index of the TPM itself, never in a file: destroying it is TPM2_NV_UndefineSpace,
// and a copied disk holds nothing of it. Its reading policy (TCG TPM 2.0 Library, Part 3) is PolicyAuthValue,
// so that wrong values are counted by the TPM's dictionary-attack lock-out, and, with an end,
// PolicyCounterTimer on the TPM's own clock, which no operating system can turn back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace wa::tpm {

/// Number of a secret in this program's range of NV indexes, 0 to 63.
using Slot = int;

enum class ReadOutcome {
    good,
    wrong,    ///< not the value it is locked with; counted by the TPM
    locked,   ///< too many wrong ones: the TPM refuses every try for a while
    expired,  ///< the TPM's clock has passed the end
    missing,  ///< nothing is kept there
    failed,   ///< the TPM does not answer as it should
};
struct ReadResult {
    ReadOutcome outcome = ReadOutcome::failed;
    Bytes secret;
    int wait_minutes = 0;  ///< when locked: until one more try is allowed
};

/// What a TPM with an owner of its own may refuse us; every function then says so by its result.
/// Thread-safe. A connection lasts for one call, so that others can use the TPM in between.
class Tpm {
  public:
    /// @param tcti how to reach it, as tpm2-tss names it: "device:/dev/tpmrm0",
    /// "swtpm:host=127.0.0.1,port=2321"
    explicit Tpm(std::string tcti);

    /// Whether a TPM 2.0 answers there and keeps secrets for us. Leaves nothing behind.
    bool works() const;
    /// Keeps a secret of at most 64 bytes, replacing what was there. False when the TPM refuses.
    /// @param auth what it is given out for; empty: for the machine alone, without a count of tries
    /// @param end_ms reading of the TPM's clock from which on nobody gets it; empty: without end
    bool keep(Slot slot, std::span<const std::uint8_t> secret, std::span<const std::uint8_t> auth,
              std::optional<std::int64_t> end_ms) const;
    /// @param auth, end_ms as they were given to keep(); a false end is as good as a wrong auth
    ReadResult read(Slot slot, std::span<const std::uint8_t> auth, std::optional<std::int64_t> end_ms) const;
    /// True when nothing is kept there afterwards.
    bool destroy(Slot slot) const;

    /// Milliseconds for which the TPM has had power; it never goes back. Empty when the TPM does not answer.
    std::optional<std::int64_t> clock_ms() const;
    /// Moves its clock forward, for the time the machine was off, and has it written down: a power cut takes
    /// back what has passed since. False when it is there already, or refused.
    bool advance_clock(std::int64_t to_ms) const;
    /// Allows `tries` wrong values, and one more after each `minutes`. From then on nobody can change the
    /// rule or have tries forgotten, other than by clearing the TPM with all it keeps. False when somebody
    /// else has the say over this TPM, or we had before; then the rule that is there holds.
    bool set_lockout(int tries, int minutes) const;
    /// Asks the TPM to forget the tries that were made, as a thief would. True when it did: it is
    /// unprotected.
    bool forget_tries() const;

  private:
    std::string tcti_;
};

}  // namespace wa::tpm
