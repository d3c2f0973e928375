import { describe, expect, it } from 'vitest'
import { BackgroundLane } from './backgroundLane.ts'

const never = {
  now: () => 0,
  after: () => {
    throw new Error('Nobody types here')
  },
}

describe('work that nobody waits for', () => {
  it('is done a unit a turn, so that whoever comes between two of them goes first', async () => {
    const turns: (() => void)[] = []
    const lane = new BackgroundLane({ ...never, soon: (run) => void turns.push(run) })
    const done: string[] = []
    const units = ['first', 'second', 'third'].map((name) => lane.run(() => done.push(name)))
    for (const seen of [['first'], ['first', 'second'], ['first', 'second', 'third']]) {
      expect(turns).toHaveLength(1)
      turns.shift()?.()
      expect(done).toEqual(seen)
    }
    expect(turns).toHaveLength(0)
    await Promise.all(units)
  })

  it('hands on what a unit answers or throws, and goes on with the next', async () => {
    const lane = new BackgroundLane({ ...never, soon: (run) => void setImmediate(run) })
    const broken = lane.run(() => {
      throw new Error('The disk is full')
    })
    const next = lane.run(() => 'done')
    await expect(broken).rejects.toThrow('The disk is full')
    await expect(next).resolves.toBe('done')
  })

  it('rests between two units while somebody types, and no longer', () => {
    let now = 1_000_000
    const rests: (() => void)[] = []
    const turns: (() => void)[] = []
    const lane = new BackgroundLane({ now: () => now, soon: (run) => void turns.push(run), after: (_ms, run) => (rests.push(run), () => undefined) })
    const done: string[] = []
    const bring = (name: string): void => void lane.run(() => done.push(name))
    lane.typed()
    bring('first')
    expect(turns).toHaveLength(0)
    rests.shift()?.()
    expect(done).toEqual(['first'])
    now += 5000
    bring('second')
    expect(rests).toHaveLength(0)
    turns.shift()?.()
    expect(done).toEqual(['first', 'second'])
  })

  it('goes on as ever where the clock was set back', () => {
    let now = 1_000_000
    const turns: (() => void)[] = []
    const lane = new BackgroundLane({ ...never, now: () => now, soon: (run) => void turns.push(run) })
    lane.typed()
    now -= 3_600_000
    void lane.run(() => undefined)
    expect(turns).toHaveLength(1)
  })
})
