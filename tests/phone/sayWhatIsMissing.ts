import { pbxMissing } from '../support/pbx/available.ts'

/** One line where the servers are not installed; every test is skipped with the same words. */
export function setup(): void {
  const missing = pbxMissing()
  if (missing !== undefined) console.log(`The telephone tests are skipped: ${missing}.`)
}
