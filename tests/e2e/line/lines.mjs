// The lines of `./dev bench line`, and what the best possible sender would need on each.

/** Order of the tables. `peers` beside those that every line has. */
export const lines = ['gut', 'schnell_aber_verlustreich', 'mobil', 'edge', 'schlecht', 'wechselnd', 'wechselnd_neue_adresse'];
/** The worst there is promised for: measured when it is named, with twenty residents. */
export const worst = 'hinterland';
/** These are quick and busy: measured alone. */
export const fast = new Set(['gut', 'schnell_aber_verlustreich']);
export const peersOn = (line) => ['pouchdb', 'tus', ...(line.startsWith('wechselnd') ? ['tus_watched'] : []), 'rsync', 'post'];

const packet = 1400, headers = 20 + 32;  // IP, TCP with time stamps
/** Nothing useful can be at the hub, and known to be, before: TCP, TLS 1.3, the question and its answer. */
const roundTrips = 3;

/** Seconds: bytes ÷ (rate × (1 − loss) × payload share of a packet) + round trips, interruptions added. */
export function ideal(profile, bytes) {
  const air = bytes * 8 / (profile.rate_up_bit_per_s * (1 - profile.loss) * (packet - headers) / packet)
    + roundTrips * (2 * profile.delay_ms + profile.jitter_ms) / 1000;
  const { on_ms, off_ms } = profile;
  return on_ms > 0 && off_ms > 0 ? air + Math.floor(air * 1000 / on_ms) * off_ms / 1000 : air;
}
