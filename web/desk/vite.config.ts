import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const web = (path: string) => fileURLToPath(new URL('../' + path, import.meta.url))

const server = process.env.WANDERAMT ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: web('desk'),
  plugins: [svelte()],
  resolve: {
    alias: [
      { find: '$procedure', replacement: web('packages/procedure/index.ts') },
      { find: /^\$ui$/, replacement: web('packages/ui/index.ts') },
      { find: /^\$ui\//, replacement: web('packages/ui/') },
      { find: '$api', replacement: web('packages/api/index.ts') },
      { find: /^\$desk\//, replacement: web('desk/src/') },
    ],
  },
  build: {
    outDir: web('../build/web/desk'),
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the pages allows nothing inline: no data: scripts or styles, fonts as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    port: 5173,
    // The gallery shows the product's own procedures, from its sources.
    fs: { allow: [web('../')] },
    // The server takes changes from its own pages only: here it is told that these are its own.
    proxy: { '/api': { target: server, ws: true, changeOrigin: true, headers: { origin: server } } },
  },
})
