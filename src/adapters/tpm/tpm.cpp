#include "adapters/tpm/tpm.hpp"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "base/assert.hpp"

namespace wa::tpm {

namespace {

/// In the range for owners (TCG Registry of reserved handles: 0x01800000 to 0x01BFFFFF).
constexpr TPM2_HANDLE first_index = 0x01845740;
constexpr int slot_count = 64;
/// Where the clock stands in a marshalled TPMS_TIME_INFO: behind `time`.
constexpr UINT16 clock_offset = sizeof(UINT64);
/// TPM2_ClockSet refuses what lies further ahead (Part 3, 29.2: 0xFFFF'0000'0000'0000).
constexpr std::int64_t clock_max = 0x7fff'0000'0000'0000;

/// swtpm takes one connection at a time, and so may a TPM without a resource manager.
std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
}

template <class T>
struct Freed {
    T* value = nullptr;
    ~Freed() { Esys_Free(value); }
};

/// One connection; every session begun in it is flushed at its end.
class Connection {
  public:
    explicit Connection(const std::string& tcti) : lock_(one_at_a_time()) {
        // Without a TPM the library would tell stderr about it, once for each way it tries.
        setenv("TSS2_LOG", "all+NONE", 0);
        if (Tss2_TctiLdr_Initialize(tcti.c_str(), &tcti_) != TSS2_RC_SUCCESS) return;
        if (Esys_Initialize(&esys_, tcti_, nullptr) != TSS2_RC_SUCCESS) esys_ = nullptr;
    }
    ~Connection() {
        for (const auto session : sessions_)
            if (session != ESYS_TR_NONE) Esys_FlushContext(esys_, session);
        if (esys_) Esys_Finalize(&esys_);
        if (tcti_) Tss2_TctiLdr_Finalize(&tcti_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    explicit operator bool() const { return esys_ != nullptr; }
    ESYS_CONTEXT* esys() const { return esys_; }

    /// A session whose parameters travel encrypted under the auth of what it is used for.
    std::optional<ESYS_TR> begin(TPM2_SE type) {
        TPMT_SYM_DEF symmetric{};
        symmetric.algorithm = TPM2_ALG_AES;
        symmetric.keyBits.aes = 128;
        symmetric.mode.aes = TPM2_ALG_CFB;
        ESYS_TR session = ESYS_TR_NONE;
        if (Esys_StartAuthSession(esys_, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE,
                                  nullptr, type, &symmetric, TPM2_ALG_SHA256, &session) != TSS2_RC_SUCCESS)
            return std::nullopt;
        for (auto& place : sessions_)
            if (place == ESYS_TR_NONE) {
                place = session;
                return session;
            }
        WA_ASSERT(!"at most four sessions");
        return std::nullopt;
    }
    void encrypt(ESYS_TR session, TPMA_SESSION direction) {
        Esys_TRSess_SetAttributes(esys_, session, TPMA_SESSION_CONTINUESESSION | direction, 0xff);
    }

  private:
    std::lock_guard<std::mutex> lock_;
    TSS2_TCTI_CONTEXT* tcti_ = nullptr;
    ESYS_CONTEXT* esys_ = nullptr;
    std::array<ESYS_TR, 4> sessions_{ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE};
};

template <class Sized>
Sized sized(std::span<const std::uint8_t> bytes) {
    Sized out{};
    WA_ASSERT(bytes.size() <= sizeof(out.buffer));
    out.size = UINT16(bytes.size());
    std::copy(bytes.begin(), bytes.end(), out.buffer);
    return out;
}

TPM2_HANDLE index_of(Slot slot) {
    WA_ASSERT(slot >= 0 && slot < slot_count);
    return first_index + TPM2_HANDLE(slot);
}

/// The code without the number of the handle, session or parameter it is about.
TSS2_RC code_of(TSS2_RC rc) {
    const auto tpm = rc & 0xffff;
    return tpm & TPM2_RC_FMT1 ? tpm & 0xbf : tpm;
}

/// The conditions of reading, in the order both sides apply them.
TSS2_RC apply_policy(ESYS_CONTEXT* esys, ESYS_TR session, bool with_auth,
                     const std::optional<std::int64_t>& end_ms) {
    if (with_auth)
        if (const auto rc = Esys_PolicyAuthValue(esys, session, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE); rc)
            return rc;
    if (!end_ms) return TSS2_RC_SUCCESS;
    std::array<std::uint8_t, 8> end{};
    for (int i = 0; i < 8; ++i) end[std::size_t(i)] = std::uint8_t(std::uint64_t(*end_ms) >> (56 - 8 * i));
    const auto operand = sized<TPM2B_OPERAND>(end);
    return Esys_PolicyCounterTimer(esys, session, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &operand,
                                   clock_offset, TPM2_EO_UNSIGNED_LT);
}

std::optional<TPM2B_DIGEST> policy_digest(Connection& tpm, bool with_auth,
                                          const std::optional<std::int64_t>& end_ms) {
    const auto trial = tpm.begin(TPM2_SE_TRIAL);
    if (!trial || apply_policy(tpm.esys(), *trial, with_auth, end_ms) != TSS2_RC_SUCCESS) return std::nullopt;
    Freed<TPM2B_DIGEST> digest;
    if (Esys_PolicyGetDigest(tpm.esys(), *trial, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &digest.value) !=
        TSS2_RC_SUCCESS)
        return std::nullopt;
    return *digest.value;
}

/// What is kept in the slot; empty when nothing is. `good` says whether the TPM answered.
std::optional<ESYS_TR> find(Connection& tpm, Slot slot, bool* good) {
    ESYS_TR index = ESYS_TR_NONE;
    const auto rc =
        Esys_TR_FromTPMPublic(tpm.esys(), index_of(slot), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &index);
    *good = rc == TSS2_RC_SUCCESS || code_of(rc) == TPM2_RC_HANDLE;
    if (rc != TSS2_RC_SUCCESS) return std::nullopt;
    return index;
}

bool undefine(Connection& tpm, Slot slot) {
    bool good = false;
    const auto index = find(tpm, slot, &good);
    if (!index) return good;
    return Esys_NV_UndefineSpace(tpm.esys(), ESYS_TR_RH_OWNER, *index, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                 ESYS_TR_NONE) == TSS2_RC_SUCCESS;
}

std::optional<std::uint32_t> property(Connection& tpm, TPM2_PT wanted) {
    Freed<TPMS_CAPABILITY_DATA> data;
    TPMI_YES_NO more = 0;
    if (Esys_GetCapability(tpm.esys(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, TPM2_CAP_TPM_PROPERTIES,
                           wanted, 1, &more, &data.value) != TSS2_RC_SUCCESS)
        return std::nullopt;
    const auto& list = data.value->data.tpmProperties;
    if (list.count != 1 || list.tpmProperty[0].property != wanted) return std::nullopt;
    return list.tpmProperty[0].value;
}

}  // namespace

Tpm::Tpm(std::string tcti) : tcti_(std::move(tcti)) {}

bool Tpm::works() const {
    const Slot probe = slot_count - 1;
    const std::array<std::uint8_t, 4> secret{1, 2, 3, 4}, auth{5, 6, 7, 8};
    const auto now = clock_ms();
    if (!now) return false;
    const auto end = *now + 3'600'000;
    const bool kept = keep(probe, secret, auth, end);
    const bool same = kept && read(probe, auth, end).secret == Bytes(secret.begin(), secret.end());
    return destroy(probe) && same;
}

bool Tpm::keep(Slot slot, std::span<const std::uint8_t> secret, std::span<const std::uint8_t> auth,
               std::optional<std::int64_t> end_ms) const {
    Connection tpm(tcti_);
    if (!tpm || secret.size() > 64 || !undefine(tpm, slot)) return false;
    const auto policy = policy_digest(tpm, !auth.empty(), end_ms);
    if (!policy) return false;
    TPM2B_NV_PUBLIC place{};
    place.nvPublic.nvIndex = index_of(slot);
    place.nvPublic.nameAlg = TPM2_ALG_SHA256;
    place.nvPublic.attributes =
        TPMA_NV_AUTHWRITE | TPMA_NV_POLICYREAD | (auth.empty() ? TPMA_NV_NO_DA : TPMA_NV(0));
    place.nvPublic.authPolicy = *policy;
    place.nvPublic.dataSize = UINT16(secret.size());
    const auto value = sized<TPM2B_AUTH>(auth);
    ESYS_TR index = ESYS_TR_NONE;
    if (Esys_NV_DefineSpace(tpm.esys(), ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                            &value, &place, &index) != TSS2_RC_SUCCESS)
        return false;
    const auto session = tpm.begin(TPM2_SE_HMAC);
    if (!session) return false;
    tpm.encrypt(*session, TPMA_SESSION_DECRYPT);
    const auto data = sized<TPM2B_MAX_NV_BUFFER>(secret);
    return Esys_NV_Write(tpm.esys(), index, index, *session, ESYS_TR_NONE, ESYS_TR_NONE, &data, 0) ==
           TSS2_RC_SUCCESS;
}

ReadResult Tpm::read(Slot slot, std::span<const std::uint8_t> auth,
                     std::optional<std::int64_t> end_ms) const {
    ReadResult out;
    Connection tpm(tcti_);
    if (!tpm) return out;
    bool good = false;
    const auto index = find(tpm, slot, &good);
    if (!index) {
        if (good) out.outcome = ReadOutcome::missing;
        return out;
    }
    const auto value = sized<TPM2B_AUTH>(auth);
    const auto session = tpm.begin(TPM2_SE_POLICY);
    if (!session || Esys_TR_SetAuth(tpm.esys(), *index, &value) != TSS2_RC_SUCCESS) return out;
    auto rc = apply_policy(tpm.esys(), *session, !auth.empty(), end_ms);
    if (code_of(rc) == TPM2_RC_POLICY) {
        out.outcome = ReadOutcome::expired;
        return out;
    }
    tpm.encrypt(*session, TPMA_SESSION_ENCRYPT);
    Freed<TPM2B_NV_PUBLIC> place;
    Freed<TPM2B_NAME> name;
    if (rc == TSS2_RC_SUCCESS)
        rc = Esys_NV_ReadPublic(tpm.esys(), *index, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &place.value,
                                &name.value);
    Freed<TPM2B_MAX_NV_BUFFER> data;
    if (rc == TSS2_RC_SUCCESS)
        rc = Esys_NV_Read(tpm.esys(), *index, *index, *session, ESYS_TR_NONE, ESYS_TR_NONE,
                          place.value->nvPublic.dataSize, 0, &data.value);
    if (rc == TSS2_RC_SUCCESS) {
        out.outcome = ReadOutcome::good;
        out.secret.assign(data.value->buffer, data.value->buffer + data.value->size);
        return out;
    }
    const auto code = code_of(rc);
    if (code == TPM2_RC_AUTH_FAIL || code == TPM2_RC_BAD_AUTH || code == TPM2_RC_POLICY_FAIL)
        out.outcome = ReadOutcome::wrong;
    if (code == TPM2_RC_LOCKOUT) {
        out.outcome = ReadOutcome::locked;
        out.wait_minutes = int(property(tpm, TPM2_PT_LOCKOUT_INTERVAL).value_or(0) / 60) + 1;
    }
    return out;
}

bool Tpm::destroy(Slot slot) const {
    Connection tpm(tcti_);
    return tpm && undefine(tpm, slot);
}

std::optional<std::int64_t> Tpm::clock_ms() const {
    Connection tpm(tcti_);
    if (!tpm) return std::nullopt;
    Freed<TPMS_TIME_INFO> now;
    if (Esys_ReadClock(tpm.esys(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &now.value) != TSS2_RC_SUCCESS)
        return std::nullopt;
    return std::int64_t(now.value->clockInfo.clock);
}

bool Tpm::advance_clock(std::int64_t to_ms) const {
    Connection tpm(tcti_);
    if (!tpm || to_ms <= 0 || to_ms >= clock_max ||
        Esys_ClockSet(tpm.esys(), ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
                      UINT64(to_ms)) != TSS2_RC_SUCCESS)
        return false;
    // Makes the TPM write its clock down, as before a suspend; otherwise it does so every 70 minutes only.
    Esys_Shutdown(tpm.esys(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, TPM2_SU_STATE);
    return true;
}

namespace {

/// Who may set the rule of tries may forget those that were made: so a word of the TPM's own, which nobody
/// ever learns.
bool close_lockout(Connection& tpm) {
    constexpr UINT16 word_bytes = 32;
    Freed<TPM2B_DIGEST> word;
    if (Esys_GetRandom(tpm.esys(), ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, word_bytes, &word.value) !=
        TSS2_RC_SUCCESS)
        return false;
    TPM2B_AUTH auth{};
    auth.size = word.value->size;
    std::copy_n(word.value->buffer, auth.size, auth.buffer);
    const bool changed = auth.size == word_bytes &&
                         Esys_HierarchyChangeAuth(tpm.esys(), ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD,
                                                  ESYS_TR_NONE, ESYS_TR_NONE, &auth) == TSS2_RC_SUCCESS;
    explicit_bzero(&auth, sizeof auth);
    explicit_bzero(word.value->buffer, word.value->size);
    return changed;
}

}  // namespace

bool Tpm::set_lockout(int tries, int minutes) const {
    Connection tpm(tcti_);
    constexpr UINT32 day_seconds = 86'400;
    return tpm &&
           Esys_DictionaryAttackParameters(tpm.esys(), ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                           ESYS_TR_NONE, UINT32(tries), UINT32(minutes) * 60,
                                           day_seconds) == TSS2_RC_SUCCESS &&
           close_lockout(tpm);
}

bool Tpm::forget_tries() const {
    Connection tpm(tcti_);
    return tpm && Esys_DictionaryAttackLockReset(tpm.esys(), ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD,
                                                 ESYS_TR_NONE, ESYS_TR_NONE) == TSS2_RC_SUCCESS;
}

}  // namespace wa::tpm
