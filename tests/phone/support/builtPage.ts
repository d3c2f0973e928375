import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The variable that names the folder in which all test files of a run have the page. */
export const BUILT_PAGE = 'BATON_MEDIA_BUILT'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

function folderHere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-media-built-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The folder with the page that has the sound, as both hosts serve it; built where nobody has built it yet. */
export async function buildPage(): Promise<string> {
  const outDir = process.env[BUILT_PAGE] ?? folderHere()
  // Test files run one after the other: what is there is whole.
  if (existsSync(join(outDir, 'media.html'))) return outDir
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir, rolldownOptions: { input: join(ROOT, 'src', 'renderer', 'media.html') } } })
  return outDir
}
