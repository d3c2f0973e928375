import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pbxMissing } from '../support/pbx/available.ts'
import { BUILT_PAGE } from './support/builtPage.ts'

/**
 * One line where the servers are not installed; every test is skipped with the same words. Where they are, a folder for the
 * page with the sound, which the first test that needs it builds for all.
 */
export function setup(): () => void {
  const missing = pbxMissing()
  if (missing !== undefined) console.log(`The telephone tests are skipped: ${missing}.`)
  const folder = mkdtempSync(join(tmpdir(), 'baton-media-built-'))
  process.env[BUILT_PAGE] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
