import { findChromium } from '../../support/chromium.ts'
import { pbxMissing } from '../../support/pbx/available.ts'
import { startPbx } from '../../support/pbx/pbx.ts'
import type { BenchOptions, Figure } from '../figure.ts'
import { appFigures } from './appFigures.ts'
import { callsAMinute } from './callsAMinute.ts'
import { softphoneFigures } from './softphoneFigures.ts'

/**
 * The telephone against real servers, in a network of their own (`npm run bench -- phone` as root on Linux): about three
 * minutes, and then fifty calls a minute for so many minutes.
 */
export async function* benchPhone({ minutes }: BenchOptions): AsyncGenerator<Figure> {
  const missing = pbxMissing() ?? (findChromium() === undefined ? 'there is no Chromium here' : undefined)
  if (missing !== undefined) {
    console.error(`phone: not measured, ${missing}.`)
    return
  }
  const pbx = await startPbx({ voicemail: false })
  try {
    yield* softphoneFigures(pbx)
    yield* appFigures(pbx)
    if (minutes > 0) yield* callsAMinute(pbx, minutes)
  } finally {
    await pbx.stop()
  }
}
