import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { ROOT } from '../../support/webHost.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundled programs that the fault tests start and kill: hub.js and desk.js. */
    faultPrograms: string
  }
}

/** Within the checkout, so that the native module is found from there. */
const FOLDER = join(ROOT, 'test-results', `faults-${process.pid}`)

/** Native, or a speed-up that ws and pg do without. */
const EXTERNAL = ['better-sqlite3', 'electron', 'bufferutil', 'utf-8-validate', 'pg-native', 'vitest']

/**
 * Bundles the hub and a headless workstation as they are now, once for all files: a process that is to be killed 75
 * times must start quickly, and a build of Baton that somebody makes meanwhile must not pull it away.
 */
export async function setup(project: TestProject): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: true,
      target: 'node22',
      outDir: FOLDER,
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { hub: `${ROOT}/src/hub/main.ts`, postgresGuard: `${ROOT}/src/hub/postgres/guard.ts`, desk: `${ROOT}/tests/faults/support/desk.ts` },
        external: EXTERNAL,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  project.provide('faultPrograms', FOLDER)
}

export function teardown(): void {
  rmSync(FOLDER, { recursive: true, force: true })
}
