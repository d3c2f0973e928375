import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { pbxMissing } from './available.ts'
import { type Pbx, type PbxOptions, startPbx } from './pbx.ts'

/**
 * Starts one telephone server before the tests of this file (or of the `describe` it is called in) and stops it, with
 * every telephone that was started at it, after them. Each test begins with receivers that lie: what a test starts is
 * stopped with it, and what it leaves up is ended, so that it can be tried again and harms no other. Where none can be had, those tests are skipped with the reason.
 * @param prepare what else the tests need from the start, telephones mostly
 * @returns the server; only within tests and their hooks
 */
export function sharedPbx(options: PbxOptions = {}, prepare: (pbx: Pbx) => Promise<void> = async () => undefined): () => Pbx {
  const missing = pbxMissing()
  let pbx: Pbx | undefined

  beforeAll(async () => {
    if (missing !== undefined) return
    pbx = await startPbx(options)
    await prepare(pbx)
    pbx.keepParts()
  })

  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing)
  })

  afterEach(() => pbx?.tidy())

  afterAll(() => pbx?.stop())

  return () => {
    if (!pbx) throw new Error(missing ?? 'The shared telephone server runs only within tests and their hooks.')
    return pbx
  }
}
