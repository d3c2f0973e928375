import { afterAll, beforeAll, beforeEach } from 'vitest'
import { pbxMissing } from './available.ts'
import { type Pbx, type PbxOptions, startPbx } from './pbx.ts'

/**
 * Starts one telephone server before the tests of this file (or of the `describe` it is called in) and stops it, with
 * every telephone that was started at it, after them. Where none can be had, those tests are skipped with the reason.
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
  })

  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing)
  })

  afterAll(() => pbx?.stop())

  return () => {
    if (!pbx) throw new Error(missing ?? 'The shared telephone server runs only within tests and their hooks.')
    return pbx
  }
}
