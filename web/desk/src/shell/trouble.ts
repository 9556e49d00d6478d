// What is wrong with this place as a whole, beyond a lost line: told on every page until it is put right.
import type { Line } from '$api'

/** From this much on the times on papers and in the journal are wrong enough to be told, in milliseconds. */
const noticed = 5 * 60_000

/** Code of a problem that IT must put right: the device revoked, the tour over, the store full or damaged. */
export function placeTrouble(line: Line | undefined): string | undefined {
  const code = line?.error
  return typeof code === 'string' && /^(device|tour|store)_/.test(code) ? code : undefined
}

/** By how much this place's clock is wrong, "3 Stunden", and which way; undefined while it is right enough. */
export function clockOff(line: Line | undefined): { by: string; way: 'vor' | 'nach' } | undefined {
  const ahead = line?.clock_ahead_ms
  if (typeof ahead !== 'number' || Math.abs(ahead) < noticed) return undefined
  const minutes = Math.round(Math.abs(ahead) / 60_000)
  const [n, one, many] = minutes < 120 ? [minutes, 'Minute', 'Minuten'] : minutes < 2880 ? [Math.round(minutes / 60), 'Stunde', 'Stunden'] : [Math.round(minutes / 1440), 'Tag', 'Tage']
  // The other side is ahead: ours is slow.
  return { by: `${n} ${n === 1 ? one : many}`, way: ahead > 0 ? 'nach' : 'vor' }
}
