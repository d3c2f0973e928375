import { beforeEach, describe, expect, it } from 'vitest'
import { createDraftKeeper, type DraftKeeper, type Keeping } from './draftKeeper.ts'

interface Sent {
  readonly key: string
  readonly body: string | null
  readonly answer: () => Promise<void>
  readonly fail: () => Promise<void>
}

let sent: Sent[]
let keeper: DraftKeeper

function post(key: string, body: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => async () => {
      how()
      // What follows the answer follows in microtasks.
      await Promise.resolve()
      await Promise.resolve()
    }
    sent.push({ key, body, answer: settle(resolve), fail: settle(() => reject(new Error('gone'))) })
  })
}

const typed = (revision: number, body: string): Keeping => ({ revision, body })
const bodies = () => sent.map(({ key, body }) => `${key}:${body ?? 'dropped'}`)

beforeEach(() => {
  sent = []
  keeper = createDraftKeeper({ keep: (key, { body }) => post(key, body), drop: (key) => post(key, null) })
})

describe('keeping what is typed', () => {
  it('sends the first letter at once and then always the newest words, one message at a time', async () => {
    keeper.say('a', typed(1, 'N'))
    keeper.say('a', typed(2, 'No'))
    keeper.say('a', typed(3, 'Nor'))
    expect(bodies()).toEqual(['a:N'])
    await sent[0]?.answer()
    expect(bodies()).toEqual(['a:N', 'a:Nor'])
    await sent[1]?.answer()
    expect(keeper.waiting()).toEqual([])
  })

  it('never lets words that were on their way come after the draft was dropped', async () => {
    keeper.say('a', typed(1, 'N'))
    keeper.say('a', typed(2, 'No'))
    keeper.say('a', null)
    await sent[0]?.answer()
    expect(bodies()).toEqual(['a:N', 'a:dropped'])
  })

  it('keeps what could not be sent, and sends it when the connection is back', async () => {
    keeper.say('a', typed(1, 'N'))
    keeper.say('b', typed(1, 'M'))
    await sent[0]?.fail()
    await sent[1]?.fail()
    expect([...keeper.waiting()].toSorted()).toEqual(['a', 'b'])
    keeper.retry()
    await sent[2]?.answer()
    await sent[3]?.answer()
    expect(bodies()).toEqual(['a:N', 'b:M', 'a:N', 'b:M'])
    expect(keeper.waiting()).toEqual([])
  })

  it('keeps the other drafts while one can\u2019t be kept, however often it is refused', async () => {
    keeper.say('a', typed(1, 'N'))
    await sent[0]?.fail()
    keeper.say('b', typed(1, 'M'))
    await sent[1]?.answer()
    keeper.say('a', typed(2, 'No'))
    keeper.say('b', typed(2, 'Mo'))
    await sent[2]?.fail()
    await sent[3]?.answer()
    expect(bodies()).toEqual(['a:N', 'b:M', 'a:No', 'b:Mo'])
    expect(keeper.waiting()).toEqual(['a'])
  })

  it('lets newer words stand for older ones that could not be sent', async () => {
    keeper.say('a', typed(1, 'N'))
    keeper.say('a', typed(2, 'No'))
    await sent[0]?.fail()
    keeper.retry()
    expect(bodies()).toEqual(['a:N', 'a:No'])
  })
})
