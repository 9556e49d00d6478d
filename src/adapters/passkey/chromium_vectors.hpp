// What Chromium with its virtual authenticator (CDP WebAuthn.addVirtualAuthenticator, CTAP2, user verified)
// answered to registration_options and assertion_options, unchanged: credential.toJSON() of create() and
// get(), with pubKeyCredParams cut down to one algorithm. Nobody's data: the user handle is a made-up id.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/passkey/challenges.hpp"

namespace wa::passkey {

/// The challenges of the recording: byte i is 7 i + `first`; first is 1 for create(), 2 for get().
inline Challenge recorded_challenge(std::uint8_t first) {
    Challenge challenge;
    for (std::size_t i = 0; i < challenge.size(); ++i) challenge[i] = std::uint8_t(7 * i + first);
    return challenge;
}

inline constexpr std::string_view chromium_vectors = R"json({
 "chromium": "156.0.8078.79",
 "origin": "http://localhost:8765",
 "rp_id": "localhost",
 "vectors": [
  {
   "name": "ES256",
   "alg": -7,
   "registration": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "1LBsvqYi7qxN-VjzJmH4n3eSPGk2v6VKoSBb5GPPBkc",
    "rawId": "1LBsvqYi7qxN-VjzJmH4n3eSPGk2v6VKoSBb5GPPBkc",
    "response": {
     "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAINSwbL6mIu6sTflY8yZh-J93kjxpNr-lSqEgW-RjzwZHpQECAyYgASFYIChDZOBIxCKDMDqd_DB_rNOOJOdMSnePUoNf6LvwF6GGIlggkM9OWHqZwpQlT1f_IXK5sVri0UtI_-Vq_FwayAYDG_g",
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAINSwbL6mIu6sTflY8yZh-J93kjxpNr-lSqEgW-RjzwZHpQECAyYgASFYIChDZOBIxCKDMDqd_DB_rNOOJOdMSnePUoNf6LvwF6GGIlggkM9OWHqZwpQlT1f_IXK5sVri0UtI_-Vq_FwayAYDG_g",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFnUEZoMGtLekk1UUVkT1ZWeGphbkY0ZjRhTmxKdWlxYkMzdnNYTTA5byIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKENk4EjEIoMwOp38MH-s044k50xKd49Sg1_ou_AXoYaQz05YepnClCVPV_8hcrmxWuLRS0j_5Wr8XBrIBgMb-A",
     "publicKeyAlgorithm": -7,
     "transports": [
      "internal"
     ]
    },
    "type": "public-key"
   },
   "assertion": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "1LBsvqYi7qxN-VjzJmH4n3eSPGk2v6VKoSBb5GPPBkc",
    "rawId": "1LBsvqYi7qxN-VjzJmH4n3eSPGk2v6VKoSBb5GPPBkc",
    "response": {
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQWdrUUZ4NGxMRE02UVVoUFZsMWthM0o1Z0llT2xaeWpxckc0djhiTjFOcyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "signature": "MEUCIQCcsxUDm_Ti7ZupdBeG62Kb-YOcCPNkdCWePWFsf1w4TwIgViWDHDHAuHaNnXUzplcPGT3p2tVa3QgcY-P0yHh9FQc",
     "userHandle": "MDFKVEVTVFVTRVIwMDAwMDAwMDAwMDAwMDAw"
    },
    "type": "public-key"
   }
  },
  {
   "name": "EdDSA",
   "alg": -8,
   "registration": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "J9dHrGJd2XNzwTSbLxM-tE4iQHQDV3yEZvFAdwNqKyQ",
    "rawId": "J9dHrGJd2XNzwTSbLxM-tE4iQHQDV3yEZvFAdwNqKyQ",
    "response": {
     "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViBSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAICfXR6xiXdlzc8E0my8TPrROIkB0A1d8hGbxQHcDaiskpAEBAycgBiFYIIkeAVqWXW5MB_Hlep8K05rak1RcX1B_UkrvjIYiSVBZ",
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAICfXR6xiXdlzc8E0my8TPrROIkB0A1d8hGbxQHcDaiskpAEBAycgBiFYIIkeAVqWXW5MB_Hlep8K05rak1RcX1B_UkrvjIYiSVBZ",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFnUEZoMGtLekk1UUVkT1ZWeGphbkY0ZjRhTmxKdWlxYkMzdnNYTTA5byIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZSwib3RoZXJfa2V5c19jYW5fYmVfYWRkZWRfaGVyZSI6ImRvIG5vdCBjb21wYXJlIGNsaWVudERhdGFKU09OIGFnYWluc3QgYSB0ZW1wbGF0ZS4gU2VlIGh0dHBzOi8vZ29vLmdsL3lhYlBleCJ9",
     "publicKey": "MCowBQYDK2VwAyEAiR4BWpZdbkwH8eV6nwrTmtqTVFxfUH9SSu-MhiJJUFk",
     "publicKeyAlgorithm": -8,
     "transports": [
      "internal"
     ]
    },
    "type": "public-key"
   },
   "assertion": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "J9dHrGJd2XNzwTSbLxM-tE4iQHQDV3yEZvFAdwNqKyQ",
    "rawId": "J9dHrGJd2XNzwTSbLxM-tE4iQHQDV3yEZvFAdwNqKyQ",
    "response": {
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQWdrUUZ4NGxMRE02UVVoUFZsMWthM0o1Z0llT2xaeWpxckc0djhiTjFOcyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "signature": "TbYSa3614zIWBzNdXGNyP2usGqvbNa6lUmUaeJKsxnJmgh6MnujvyGBF-hd1NStClkcP3KyRbDM1hrAWmwLyBw",
     "userHandle": "MDFKVEVTVFVTRVIwMDAwMDAwMDAwMDAwMDAw"
    },
    "type": "public-key"
   }
  },
  {
   "name": "RS256",
   "alg": -257,
   "registration": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "TIqHIxg-SPTWmpPkKo5cBPPn1DBLX4wTy5ciDbmrops",
    "rawId": "TIqHIxg-SPTWmpPkKo5cBPPn1DBLX4wTy5ciDbmrops",
    "response": {
     "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBZ0mWDeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAAAAEBAgMEBQYHCAECAwQFBgcIACBMiocjGD5I9Naak-QqjlwE8-fUMEtfjBPLlyINuauim6QBAwM5AQAgWQEAzLOa21yyaLdTlkFmX2EcZh1e1oN2EHkOgkStHuObTOqGFT_QFM_zdoid8SKy3EmsjiaR52zoUAn9tHM--1DXs7xVdoYwGiEJw1UJJOAs5VfltdXLFaVp1IWb0gsDGRkdkPwsyF8t-ZWTBKXx2qqxGCltbPypEn9i5lUsQdGuvqhkCax796J8Ta71mZueuwy5zBkCzdTgWRTzHQeySMqapTcfUQuveG4R2_SmV40vebHQHir5iT4h7dEY_ly-8UgWs2wQVT9u6E2cPA8PHIbZLwgKkCDV8ZYBCToxr_7QD_XKntCXoNfNkbr2F-fhMw__qh4cFJe8_ka-G8URee8uYyFDAQAB",
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIEyKhyMYPkj01pqT5CqOXATz59QwS1-ME8uXIg25q6KbpAEDAzkBACBZAQDMs5rbXLJot1OWQWZfYRxmHV7Wg3YQeQ6CRK0e45tM6oYVP9AUz_N2iJ3xIrLcSayOJpHnbOhQCf20cz77UNezvFV2hjAaIQnDVQkk4CzlV-W11csVpWnUhZvSCwMZGR2Q_CzIXy35lZMEpfHaqrEYKW1s_KkSf2LmVSxB0a6-qGQJrHv3onxNrvWZm567DLnMGQLN1OBZFPMdB7JIypqlNx9RC694bhHb9KZXjS95sdAeKvmJPiHt0Rj-XL7xSBazbBBVP27oTZw8Dw8chtkvCAqQINXxlgEJOjGv_tAP9cqe0Jeg182RuvYX5-EzD_-qHhwUl7z-Rr4bxRF57y5jIUMBAAE",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFnUEZoMGtLekk1UUVkT1ZWeGphbkY0ZjRhTmxKdWlxYkMzdnNYTTA5byIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZSwib3RoZXJfa2V5c19jYW5fYmVfYWRkZWRfaGVyZSI6ImRvIG5vdCBjb21wYXJlIGNsaWVudERhdGFKU09OIGFnYWluc3QgYSB0ZW1wbGF0ZS4gU2VlIGh0dHBzOi8vZ29vLmdsL3lhYlBleCJ9",
     "publicKey": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzLOa21yyaLdTlkFmX2EcZh1e1oN2EHkOgkStHuObTOqGFT_QFM_zdoid8SKy3EmsjiaR52zoUAn9tHM--1DXs7xVdoYwGiEJw1UJJOAs5VfltdXLFaVp1IWb0gsDGRkdkPwsyF8t-ZWTBKXx2qqxGCltbPypEn9i5lUsQdGuvqhkCax796J8Ta71mZueuwy5zBkCzdTgWRTzHQeySMqapTcfUQuveG4R2_SmV40vebHQHir5iT4h7dEY_ly-8UgWs2wQVT9u6E2cPA8PHIbZLwgKkCDV8ZYBCToxr_7QD_XKntCXoNfNkbr2F-fhMw__qh4cFJe8_ka-G8URee8uYwIDAQAB",
     "publicKeyAlgorithm": -257,
     "transports": [
      "internal"
     ]
    },
    "type": "public-key"
   },
   "assertion": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "TIqHIxg-SPTWmpPkKo5cBPPn1DBLX4wTy5ciDbmrops",
    "rawId": "TIqHIxg-SPTWmpPkKo5cBPPn1DBLX4wTy5ciDbmrops",
    "response": {
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQWdrUUZ4NGxMRE02UVVoUFZsMWthM0o1Z0llT2xaeWpxckc0djhiTjFOcyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "signature": "svfICARDp4Jo_uda1S0tmkJI8Juhd5dqKiZ2EaPDys4LayFSB4-Gdo0gOw1qlXCdzd0okboNgQkNyjJKikGe8LNJ4d70ArOUO7mq1N1ahU_wT0U0f97Kvb_DNrAvOxDMgd3OMEDRUsBtli5U5BztsPsV9Tj1He5hSKs2neoUKHb04O1MCVrUxKsbLk_zkSVT_zICDfeyGWOjenAfRzXZiwylM_uVgOlcniKhSRw4oPPGRGvZco87Llpnf6s6xXUKovwMi2NqNIlfcXl7bqVXc6ZTSQw6UkaF9-XYLjZax5B8eLf9rInpMwhipH65BelklPOP2fw-lYTnOEKd5nZY1A",
     "userHandle": "MDFKVEVTVFVTRVIwMDAwMDAwMDAwMDAwMDAw"
    },
    "type": "public-key"
   }
  },
  {
   "name": "ES256 backed up",
   "alg": -7,
   "registration": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "J0xDOQRzn3MpyjgrXtHfJZNWn-wycU-CUxchTQJGUfo",
    "rawId": "J0xDOQRzn3MpyjgrXtHfJZNWn-wycU-CUxchTQJGUfo",
    "response": {
     "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NdAAAAAQECAwQFBgcIAQIDBAUGBwgAICdMQzkEc59zKco4K17R3yWTVp_sMnFPglMXIU0CRlH6pQECAyYgASFYIK9xy-X0KlEkR3MpzOL1i191_ZLb4FT14q3tJaRFhTRLIlggsfruV6Q6FoNKiBOHemcUxnTINEn7iz898lgNS7srwDs",
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NdAAAAAQECAwQFBgcIAQIDBAUGBwgAICdMQzkEc59zKco4K17R3yWTVp_sMnFPglMXIU0CRlH6pQECAyYgASFYIK9xy-X0KlEkR3MpzOL1i191_ZLb4FT14q3tJaRFhTRLIlggsfruV6Q6FoNKiBOHemcUxnTINEn7iz898lgNS7srwDs",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFnUEZoMGtLekk1UUVkT1ZWeGphbkY0ZjRhTmxKdWlxYkMzdnNYTTA5byIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEr3HL5fQqUSRHcynM4vWLX3X9ktvgVPXire0lpEWFNEux-u5XpDoWg0qIE4d6ZxTGdMg0SfuLPz3yWA1LuyvAOw",
     "publicKeyAlgorithm": -7,
     "transports": [
      "internal"
     ]
    },
    "type": "public-key"
   },
   "assertion": {
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
    "id": "J0xDOQRzn3MpyjgrXtHfJZNWn-wycU-CUxchTQJGUfo",
    "rawId": "J0xDOQRzn3MpyjgrXtHfJZNWn-wycU-CUxchTQJGUfo",
    "response": {
     "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAg",
     "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQWdrUUZ4NGxMRE02UVVoUFZsMWthM0o1Z0llT2xaeWpxckc0djhiTjFOcyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODc2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "signature": "MEQCIA0wsrcvUGL-ueIrOVnwcfXFqS2O_LpagUP893otSHV0AiArMbMrvV33P20jp6LTOi1ZsIFCO6MEq4xqQHo22eaX1A",
     "userHandle": "MDFKVEVTVFVTRVIwMDAwMDAwMDAwMDAwMDAw"
    },
    "type": "public-key"
   }
  }
 ]
})json";

}  // namespace wa::passkey
