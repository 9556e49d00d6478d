import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: { alias: { $procedure: here('packages/procedure/index.ts'), $api: here('packages/api/index.ts'), $ui: here('packages/ui'), $desk: here('desk/src') } },
  test: { include: ['packages/**/*.test.ts', 'desk/**/*.test.ts'] },
})
