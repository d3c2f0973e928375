import { expect, it } from 'vitest'
import { ROLES, SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { planSample } from './plan.ts'
import { SAMPLE_PIN } from '../../../shared/contract/bridge.ts'
import { hashPin } from '../session/pin.ts'

const AFTERNOON = Date.UTC(2026, 6, 14, 18, 42)
const options = { seed: 1, companyId: '00000000-0000-7000-8000-00000000c0de', now: AFTERNOON, zone: 'America/Chicago' }

it('gives the same commands for the same seed and moment, byte for byte, and others for another seed', () => {
  const first = JSON.stringify(planSample(options).moments)
  expect(JSON.stringify(planSample(options).moments) === first).toBe(true)
  expect(JSON.stringify(planSample({ ...options, seed: 2 }).moments) === first).toBe(false)
})

it('tells nothing that has not happened yet, in order', () => {
  const { moments } = planSample(options)
  expect(moments.every(({ at }) => at <= AFTERNOON)).toBe(true)
  expect(moments.every(({ at }, index) => index === 0 || at >= (moments[index - 1]?.at ?? 0))).toBe(true)
})

it('staffs every role and gives everybody the PIN that the sign-in screen shows', () => {
  const { moments } = planSample(options)
  const roles = moments.flatMap(({ name, input }) => (name === 'user.add' ? (input as { roles: readonly string[] }).roles : name === 'user.change' ? ((input as { set: { roles?: readonly string[] } }).set.roles ?? []) : []))
  expect(new Set(roles)).toEqual(new Set(ROLES))
  const pins = moments.filter(({ name }) => name === 'user.setPin').map(({ input }) => input as { salt: string; hash: string })
  expect(pins).toHaveLength(12)
  for (const pin of pins) expect(hashPin(SAMPLE_PIN, pin.salt).hash).toBe(pin.hash)
})

it('leaves the telephone to the system and everything else to people', () => {
  const bySystem = new Set(planSample(options).moments.filter(({ actorId }) => actorId === SYSTEM_ACTOR).map(({ name }) => name))
  expect(bySystem).toEqual(new Set(['clock.learn', 'company.create', 'lead.receive', 'call.answered', 'call.ended']))
})
