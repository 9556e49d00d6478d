import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $procedure: here('packages/procedure/index.ts'), $api: here('packages/api/index.ts'), $ui: here('packages/ui'), $desk: here('desk/src') } },
  test: { include: ['packages/**/*.test.ts', 'desk/**/*.test.ts'] },
})
