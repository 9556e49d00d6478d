// The two steps of unwrap_with_secret apart: who has the key that a PIN gives can ask a TPM with what follows
// from it, before what is under the PIN is even at hand.
#pragma once

#include "base/crypto.hpp"

namespace wa {

/// Bytes of wrap_with_secret that say how the key is made (cost and salt); the rest is the box.
inline constexpr std::size_t pin_recipe_bytes = 17;

/// The key that wrap_with_secret has used; the recipe is all it needs. As slow as the cost says. Empty when
/// the bytes are no recipe.
std::optional<Key32> key_from_pin(std::string_view pin, std::span<const std::uint8_t> recipe);
/// What was wrapped; empty with a false key.
std::optional<Bytes> unwrap_with_key(const Key32& key, std::span<const std::uint8_t> wrapped);
/// What a TPM gives the machine's secret out for. Says nothing about what is wrapped under the key.
Hash pin_auth(const Key32& key);

}  // namespace wa
