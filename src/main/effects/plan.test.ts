import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/base/id.ts'
import type { WorldEffect } from '../../shared/domain/effects/tables.ts'
import { type Standing, stepFor } from './plan.ts'

const SECOND = 1000

const [here, there] = [newId(), newId()]

const effect = (changed: Partial<WorldEffect>): WorldEffect =>
  ({ id: newId(), state: 'waiting', attempt: 0, failures: 0, notBefore: null, requestedDevice: here, device: null, deduplicates: false, ...changed }) as WorldEffect

const step = (of: Partial<WorldEffect>, standing: Partial<Standing> = {}) =>
  stepFor(effect(of), { deviceId: here, link: 'online', now: 1_000_000, hindered: false, begun: undefined, underWay: false, age: 0, spread: 0.5, ...standing })

const begun = (attempt: number, performing: boolean) => ({ attempt, performing, token: null, at: 0 })

describe('what waits', () => {
  it('is done first where it was asked for, and by the others a while later', () => {
    expect(step({})).toEqual({ kind: 'perform' })
    expect(step({ requestedDevice: there })).toEqual({ kind: 'later', milliseconds: 12 * SECOND })
    expect(step({ requestedDevice: there }, { age: 12 * SECOND })).toEqual({ kind: 'perform' })
    expect(step({ requestedDevice: there }, { link: 'alone' })).toEqual({ kind: 'perform' })
  })

  it('is not done without the line, where it can\u2019t be done, or before its time', () => {
    expect(step({}, { link: 'cut' })).toEqual({ kind: 'leave' })
    expect(step({}, { hindered: true })).toEqual({ kind: 'leave' })
    expect(step({ notBefore: 1_060_000 })).toEqual({ kind: 'later', milliseconds: 60_000 })
    expect(step({ notBefore: 999_000 })).toEqual({ kind: 'perform' })
  })

  it('is in doubt where this workstation has begun further than the row knows', () => {
    expect(step({}, { begun: begun(1, true) })).toMatchObject({ kind: 'doubt' })
    expect(step({ attempt: 1 }, { begun: begun(1, true) })).toEqual({ kind: 'perform' })
  })
})

describe('what runs', () => {
  const running = { state: 'running', attempt: 1, device: here } as const

  it('in this name is left alone while it is under way, given back where nothing left, and else in doubt', () => {
    expect(step(running, { underWay: true, begun: begun(1, true) })).toEqual({ kind: 'leave' })
    expect(step(running, { begun: begun(1, false) })).toEqual({ kind: 'giveBack' })
    expect(step(running, { begun: begun(1, false), link: 'cut' })).toEqual({ kind: 'leave' })
    expect(step(running, { begun: begun(1, true) })).toMatchObject({ kind: 'doubt' })
    expect(step(running)).toMatchObject({ kind: 'doubt' })
    expect(step({ ...running, attempt: 2 }, { begun: begun(1, false) })).toMatchObject({ kind: 'doubt' })
  })

  it('at another is looked after when its lease can have run out', () => {
    const other = { ...running, device: there }
    expect(step(other)).toEqual({ kind: 'later', milliseconds: 75 * SECOND })
    expect(step(other, { age: 75 * SECOND })).toEqual({ kind: 'inherit' })
    expect(step(other, { age: 75 * SECOND, link: 'cut' })).toEqual({ kind: 'leave' })
    expect(step(other, { link: 'alone' })).toMatchObject({ kind: 'doubt' })
  })
})

it('leaves alone what has come to an end, or is with a person', () => {
  for (const state of ['done', 'uncertain', 'failed', 'dropped'] as const) expect(step({ state })).toEqual({ kind: 'leave' })
})
