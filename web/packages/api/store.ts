// A value that can be watched; Svelte components read it as `$store`.

export interface Store<T> {
  subscribe(watcher: (value: T) => void): () => void
  get(): T
  set(value: T): void
}

export function store<T>(initial: T): Store<T> {
  let value = initial
  const watchers = new Set<(value: T) => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const watcher of [...watchers]) watcher(value)
    },
    subscribe(watcher) {
      watchers.add(watcher)
      watcher(value)
      return () => watchers.delete(watcher)
    },
  }
}
