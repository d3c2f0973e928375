import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../base/time.ts'
import { statusSpans, statusSums } from './statusDay.ts'
import type { WorkStatus } from './tables.ts'

const FROM = Date.UTC(2026, 6, 14, 5)
const TO = FROM + 24 * HOUR
let nth = 0
const said = (status: WorkStatus, at: number, more: { readonly callId?: string; readonly until?: number } = {}) => ({ id: String((nth += 1)), status, at: FROM + at, callId: more.callId ?? null, until: more.until === undefined ? null : FROM + more.until })
const brief = (spans: ReturnType<typeof statusSpans>) => spans.map(({ status, from, to }) => [status, (from - FROM) / MINUTE, to === null ? null : (to - FROM) / MINUTE])

describe('a person\u2019s day', () => {
  it('is one time after the other until now, with the sums of each', () => {
    const spans = statusSpans([said('lunch', 12 * HOUR), said('available', 8 * HOUR), said('available', 12 * HOUR + 30 * MINUTE)], FROM, TO, FROM + 14 * HOUR)
    expect(brief(spans)).toEqual([['available', 480, 720], ['lunch', 720, 750], ['available', 750, 840]])
    expect(statusSums(spans)).toEqual([{ status: 'available', milliseconds: 330 * MINUTE }, { status: 'lunch', milliseconds: 30 * MINUTE }])
  })

  it('ends a wrap-up by its own time, and by the word of whoever said how the call ended', () => {
    const spans = statusSpans([said('available', 0), said('wrapUp', HOUR, { callId: 'a', until: HOUR + 2 * MINUTE }), said('wrapUp', 2 * HOUR, { callId: 'b', until: 2 * HOUR + 2 * MINUTE }), said('available', 2 * HOUR + MINUTE, { callId: 'b' })], FROM, TO, FROM + 3 * HOUR)
    expect(brief(spans)).toEqual([['available', 0, 60], ['wrapUp', 60, 62], ['available', 62, 120], ['wrapUp', 120, 121], ['available', 121, 180]])
  })

  it('counts nobody as there who was not heard of since yesterday, but a lunch that goes on', () => {
    expect(statusSpans([said('available', -3 * HOUR)], FROM, TO, FROM + HOUR)).toEqual([])
    expect(brief(statusSpans([said('lunch', -HOUR), said('available', HOUR)], FROM, TO, FROM + 2 * HOUR))).toEqual([['lunch', 0, 60], ['available', 60, 120]])
  })

  it('does not know when somebody left who said no goodbye', () => {
    const spans = statusSpans([said('available', 8 * HOUR), said('gone', 17 * HOUR)], FROM, TO, TO + HOUR)
    expect(brief(spans)).toEqual([['available', 480, 1020], ['gone', 1020, null]])
    expect(brief(statusSpans([said('available', 8 * HOUR)], FROM, TO, TO + HOUR))).toEqual([['available', 480, null]])
    expect(statusSums(spans)).toEqual([{ status: 'available', milliseconds: 540 * MINUTE }])
  })
})
