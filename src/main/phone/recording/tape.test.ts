import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MU_LAW_RATE, MU_LAW_SILENCE } from '../../../shared/base/muLaw.ts'
import { PAUSE_REASONS, type PauseReason } from '../../../shared/domain/recordings/tables.ts'
import { Tape } from './tape.ts'
import type { TapeNews } from './tapeNews.ts'

const SAID = 0x12

type Step = { readonly kind: 'hear'; readonly frames: number; readonly silent: boolean } | { readonly kind: 'pause'; readonly why: PauseReason | null }

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('hear' as const), frames: fc.integer({ min: 1, max: 3 }).map((many) => many * (MU_LAW_RATE / 1000) * 50), silent: fc.boolean() }),
    fc.record({ kind: fc.constant('pause' as const), why: fc.option(fc.constantFrom(...PAUSE_REASONS)) }),
  ),
  { maxLength: 60 },
)

function taped(happened: readonly Step[]) {
  const parts: Uint8Array[] = []
  let last: TapeNews | null = null
  const tape = new Tape({ tapeId: 'tape', startedAt: 5, tell: (news, bytes) => ((last = news), parts.push(bytes)) })
  const expected: number[] = []
  let paused: PauseReason | null = null
  for (const step of happened) {
    if (step.kind === 'pause') {
      tape.pause(step.why)
      paused = step.why
    } else {
      tape.hear(step.frames, step.silent ? null : new Uint8Array(step.frames * 2).fill(SAID))
      expected.push(...Array.from({ length: step.frames * 2 }, () => (step.silent || paused !== null ? MU_LAW_SILENCE : SAID)))
    }
  }
  tape.end()
  return { bytes: Buffer.concat(parts), last: last as TapeNews | null, expected }
}

it('keeps its time, and has not one sample of what was said while it was paused', () => {
  fc.assert(
    fc.property(steps, (happened) => {
      const { bytes, last, expected } = taped(happened)
      expect(bytes.equals(Uint8Array.from(expected))).toBe(true)
      expect(last).toMatchObject({ frames: expected.length / 2, ended: true })
      for (const { from, to } of last?.pauses ?? []) {
        const perMs = (MU_LAW_RATE / 1000) * 2
        expect(bytes.subarray(from * perMs, to * perMs).every((byte) => byte === MU_LAW_SILENCE)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

it('says where each pause was and why, and takes none of the sound that was on its way', () => {
  const second = { kind: 'hear', frames: MU_LAW_RATE, silent: false } as const
  const { last, bytes } = taped([second, { kind: 'pause', why: 'card' }, second, { kind: 'pause', why: null }, { ...second, silent: true }, second, { kind: 'pause', why: 'hold' }, second])
  expect(last?.pauses).toEqual([
    { from: 1000, to: 3000, why: 'card' },
    { from: 4000, to: 5000, why: 'hold' },
  ])
  expect(bytes.length).toBe(MU_LAW_RATE * 2 * 5)
})

it('hands on what it has each second, so that a fall costs no more', () => {
  const told: number[] = []
  const tape = new Tape({ tapeId: 'tape', startedAt: 0, tell: (news) => told.push(news.frames) })
  for (let at = 0; at < 25; at++) tape.hear(MU_LAW_RATE / 10, null)
  expect(told).toEqual([MU_LAW_RATE, MU_LAW_RATE * 2])
  tape.end(true)
  tape.hear(MU_LAW_RATE, null)
  expect(told).toEqual([MU_LAW_RATE, MU_LAW_RATE * 2, MU_LAW_RATE * 2.5])
})
