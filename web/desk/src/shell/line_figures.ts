// What the Koffer has measured of its line, beyond the rate.
import type { Line } from '$api'

const german = (value: number, digits: number) => value.toLocaleString('de-DE', { maximumFractionDigits: digits })

/** "0,4 s" for there and back and "2 %" for packets lost; left out what is not known, or too little to matter. */
export function lineFigures(line: Line | undefined): { time?: string; percent?: string } {
  const ms = line?.round_trip_ms ?? 0, loss = line?.loss ?? 0
  return {
    ...(ms > 0 && { time: ms < 1000 ? `${german(ms, 0)} ms` : `${german(ms / 1000, 1)} s` }),
    ...(loss >= 0.005 && { percent: `${german(loss * 100, loss < 0.1 ? 1 : 0)} %` }),
  }
}
