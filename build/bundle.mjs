// Builds everything that runs into one folder: the page, the Node bundles and Electron's preload.
// usage: node build/bundle.mjs FOLDER
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.argv[2] ?? `${root}/dist`)

/** Stays outside the bundles: native, or brought by the host. The last three are speed-ups that ws and pg do without. */
const external = ['better-sqlite3', 'electron', 'bufferutil', 'utf-8-validate', 'pg-native']

const page = build({
  configFile: `${root}/vite.config.ts`,
  logLevel: 'warn',
  build: { outDir: `${folder}/renderer` },
})

/** The page that the hub serves to technicians' telephones: small, by names that do not change, and its worker beside it. */
const technicianPage = build({
  configFile: false,
  root: `${root}/src/technician`,
  base: '/t/',
  logLevel: 'warn',
  build: {
    outDir: `${folder}/technician`,
    emptyOutDir: true,
    // Telephones of some years back.
    target: ['chrome109', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { app: `${root}/src/technician/index.html`, worker: `${root}/src/technician/worker.ts` },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: 'app[extname]' },
    },
  },
})

/**
 * @param {Record<string, string>} input
 * @param {'es' | 'cjs'} format
 */
const forNode = (input, format) =>
  build({
    configFile: false,
    root,
    logLevel: 'warn',
    // The PDF printer's CommonJS asks for its folder, which a module calls by another name.
    ...(format === 'es' ? { define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } } : {}),
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      target: 'node22',
      outDir: `${folder}/main`,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  })

try {
  await page
  await technicianPage
  await bundleForNode()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

async function bundleForNode() {
  await forNode(
    {
      web: `${root}/src/main/web/main.ts`,
      worker: `${root}/src/main/core/workerEntry.ts`,
      planner: `${root}/src/main/services/dispatch/planning/plannerEntry.ts`,
      printThread: `${root}/src/main/services/schedules/printThread.ts`,
      checkpointThread: `${root}/src/main/store/checkpointThread.ts`,
      cli: `${root}/src/main/cli/main.ts`,
      electron: `${root}/src/main/electron/main.ts`,
      hub: `${root}/src/hub/main.ts`,
      postgresGuard: `${root}/src/hub/postgres/guard.ts`,
    },
    'es',
  )
  // A sandboxed preload can only be CommonJS.
  await forNode({ preload: `${root}/src/main/electron/preload.ts`, mediaPreload: `${root}/src/main/electron/mediaPreload.ts` }, 'cjs')
}
