// Short notices at the edge: what has just been done. Errors stay at their place and never come as a notice.

export interface Toast {
  id: number
  text: string
  tone: 'info' | 'success' | 'warning'
  action?: { label: string; run: () => void }
}

let next = 1
export const toasts: Toast[] = $state([])

/** Shows a notice for as long as it takes to read it (at least six seconds, longer with an action). */
export function toast(text: string, tone: Toast['tone'] = 'success', action?: Toast['action']): void {
  const id = next++
  toasts.push(action ? { id, text, tone, action } : { id, text, tone })
  if (toasts.length > 3) toasts.shift()
  setTimeout(() => dismiss(id), Math.max(6000, text.length * 90) + (action ? 6000 : 0))
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
