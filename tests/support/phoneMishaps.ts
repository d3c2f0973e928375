import { expect, it } from 'vitest'
import { type Bench, CALLER, OTHER, RETRY_WITHIN_MS } from './phoneBench.ts'

const STEPS = 40

/** The same numbers for the same seed (a linear congruential generator), so that a failure can be played again. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return Math.floor((state / 4_294_967_296) * below)
  }
}

async function randomSteps({ driver, can, heard, recovered, send, settled }: Bench, seed: number): Promise<void> {
  const draw = drawing(seed)
  const numbers = Array.from({ length: STEPS }, (_, at) => `+151255503${String(at).padStart(2, '0')}`)
  let rung = 0
  const some = (): string => numbers[draw(Math.max(rung, 1))] ?? CALLER
  const idOf = (from: string): string => heard.of(from)?.externalId ?? `${driver.adapter}:none`
  const acts: readonly (() => void)[] = [
    () => driver.ring(numbers[rung++] ?? CALLER),
    () => driver.callerHangsUp(some()),
    () => driver.deskAnswers?.(some()),
    () => driver.deskHangsUp?.(some()),
    () => driver.deskHolds?.(some()),
    () => driver.answeredElsewhere?.(some()),
    () => driver.repeats?.(),
    () => driver.garbles?.(),
    () => send({ kind: 'answer', externalId: idOf(some()), agentId: 'rosa' }),
    () => send({ kind: 'hold', externalId: idOf(some()) }),
    () => send({ kind: 'resume', externalId: idOf(some()) }),
    () => send({ kind: 'transfer', externalId: idOf(some()), to: { kind: 'colleague', agentId: 'kim', extension: '104' } }),
    () => (can('consult') ? send({ kind: 'consult', externalId: idOf(some()), to: { kind: 'colleague', agentId: 'kim', extension: '104' } }) : undefined),
    () => send({ kind: 'hangUp', externalId: idOf(some()) }),
    () => driver.pass(draw(9_000)),
  ]
  for (let step = 0; step < STEPS; step++) {
    acts[draw(acts.length)]?.()
    if (draw(3) === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  // What is still on its way may yet break the line.
  await new Promise((resolve) => setTimeout(resolve, 20))
  await recovered()
  await settled()
}

/** What servers and networks do to a telephone. */
export function mishaps(on: () => Bench): void {
  it('takes what is repeated for what it is', async ({ skip }) => {
    const { driver, heard, answered, settled } = on()
    skip(!driver.repeats)
    await answered()
    await on().rung(OTHER)
    driver.callerHangsUp(OTHER)
    await heard.untilState(OTHER, 'ended')
    const before = heard.calls.length
    driver.repeats?.()
    await settled()
    const since = heard.calls.slice(before).filter(({ fromNumber }) => fromNumber === CALLER || fromNumber === OTHER)
    expect(since.filter(({ state }) => state !== 'active')).toEqual([])
    expect([heard.stateOf(CALLER), heard.stateOf(OTHER)]).toEqual(['active', 'ended'])
  })

  it('takes no harm from what nobody can understand', async ({ skip }) => {
    const { driver, heard, answered, recovered, settled } = on()
    skip(!driver.garbles)
    await answered()
    const before = heard.calls.length
    driver.garbles?.()
    // Some servers are left and found again over it.
    await recovered()
    await settled()
    expect(heard.calls.slice(before).every(({ fromNumber, state }) => fromNumber !== CALLER || state === 'active')).toBe(true)
  })

  it('says in a sentence that the server is gone, keeps its calls, and finds back by itself', async ({ skip }) => {
    const { driver, heard, answered, recovered, rung, send, settled } = on()
    skip(!driver.serverGone || !driver.serverBack)
    const { externalId } = await answered()
    await rung(OTHER)
    await driver.serverGone?.()
    await heard.until('the line is down', () => heard.line?.status === 'down')
    expect(heard.stateOf(CALLER)).toBe('active')
    send({ kind: 'hangUp', externalId })
    await heard.until('refused while it is gone', () => heard.refused.length > 0)
    driver.callerHangsUp(OTHER)
    await driver.serverBack?.()
    await recovered()
    expect(await heard.untilState(OTHER, 'ended')).toMatchObject({ answeredAt: null })
    await settled()
    expect(heard.stateOf(CALLER)).toBe('active')
  })

  it.each([1, 2, 3])('keeps to the port through random days (%i)', async (seed) => {
    await randomSteps(on(), seed)
  })

  it('leaves nothing behind when it is closed, and says nothing more', async () => {
    const { driver, heard, answered, rung, send } = on()
    await answered()
    await rung(OTHER)
    driver.port.close()
    const said = heard.events.length
    expect([heard.stateOf(CALLER), heard.stateOf(OTHER)]).toEqual(['ended', 'ended'])
    driver.callerHangsUp(OTHER)
    driver.pass(RETRY_WITHIN_MS)
    send({ kind: 'hangUp', externalId: heard.of(CALLER)?.externalId ?? '' })
    driver.port.close()
    await expect.poll(() => driver.leftBehind()).toBe(0)
    expect(heard.events).toHaveLength(said)
  })
}
