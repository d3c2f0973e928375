import { describe, expect, it } from 'vitest'
import { BackgroundLane } from './backgroundLane.ts'

describe('work that nobody waits for', () => {
  it('is done a unit a turn, so that whoever comes between two of them goes first', async () => {
    const turns: (() => void)[] = []
    const lane = new BackgroundLane((run) => turns.push(run))
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
    const lane = new BackgroundLane((run) => void setImmediate(run))
    const broken = lane.run(() => {
      throw new Error('The disk is full')
    })
    const next = lane.run(() => 'done')
    await expect(broken).rejects.toThrow('The disk is full')
    await expect(next).resolves.toBe('done')
  })
})
