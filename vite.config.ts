import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The page: built into dist/renderer, where both hosts serve it from. */
export default defineConfig({
  root: fileURLToPath(new URL('./src/renderer', import.meta.url)),
  base: '/',
  // Both hosts put the nonce of each answer here (src/main/core/pagePolicy.ts).
  html: { cspNonce: '__BATON_NONCE__' },
  build: {
    outDir: fileURLToPath(new URL('./dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // Two pages: the application, and the one that has the telephone's sound.
      input: [fileURLToPath(new URL('./src/renderer/index.html', import.meta.url)), fileURLToPath(new URL('./src/renderer/media.html', import.meta.url))],
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ }],
        },
      },
    },
  },
})
