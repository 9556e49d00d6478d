// The export of everything an authority owns, as the server tells of it.
import type { Tone } from '$ui'

export interface TenantExport {
  id: string
  state: 'asked' | 'refused' | 'released' | 'making' | 'ready' | 'interrupted' | 'ended'
  reason: string
  asked_by: string
  asked_at_ms: number
  /** Who released or refused it, and in which words; empty before. */
  decided_by: string
  decision: string
  /** Bytes of the file; 0: there is none. */
  size: number
  /** Last day of what is there now: the request, its release, the file. */
  until: string
}

const tones: Record<TenantExport['state'], Tone> = { asked: 'info', refused: 'warning', released: 'success', making: 'info', ready: 'success', interrupted: 'warning', ended: 'neutral' }
export const exportTone = (state: TenantExport['state']): Tone => tones[state]

/** Another one may be asked for. */
export const isOver = ({ state }: Pick<TenantExport, 'state'>): boolean => state === 'refused' || state === 'ended'

/** For the first time, after an interruption, or because the secret is lost. */
export const mayMake = ({ state }: Pick<TenantExport, 'state'>): boolean => ['released', 'interrupted', 'ready'].includes(state)
