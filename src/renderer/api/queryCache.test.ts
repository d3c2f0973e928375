import { expect, it } from 'vitest'
import type { Client, Connection } from './client.ts'
import { createQueryCache } from './queryCache.ts'

/** A backend that notes what it is asked and answers when it is told to. */
function askedBy() {
  const asked: string[] = []
  const answers: (() => void)[] = []
  let changed: (payload: { readonly tables: readonly string[] }) => void = () => undefined
  const online: Connection = { kind: 'online', since: 0, version: 'test' }
  const client = {
    query: (name: string) =>
      new Promise((resolve) => {
        asked.push(name)
        answers.push(() => resolve(asked.length))
      }),
    on: (_name: string, handler: typeof changed) => {
      changed = handler
      return () => undefined
    },
    connection: () => online,
    onConnection: () => () => undefined,
  } as unknown as Client
  const settle = async (): Promise<void> => {
    for (const answer of answers.splice(0)) answer()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { cache: createQueryCache(client), asked, settle, change: (...tables: string[]) => changed({ tables }) }
}

const watch = ({ cache }: ReturnType<typeof askedBy>, name: Parameters<typeof cache.watch>[0], input: unknown = {}) => cache.watch(name, input, () => undefined)

it('asks for the board before what stands around it, and for all of it', async () => {
  const page = askedBy()
  watch(page, 'dispatch.watch')
  watch(page, 'queues.list')
  watch(page, 'board.day', { day: '2026-07-14' })
  await page.settle()
  page.asked.length = 0
  page.change('appointment', 'promise')
  expect(page.asked).toEqual(['board.day'])
  // Something else changes while the board's answer is on its way: each is asked once, the board again for what came since.
  page.change('appointment')
  await page.settle()
  expect(page.asked).toEqual(['board.day', 'board.day'])
  await page.settle()
  expect(page.asked.toSorted()).toEqual(['board.day', 'board.day', 'dispatch.watch', 'queues.list'])
})

it('asks at once where no board is looked at', async () => {
  const page = askedBy()
  watch(page, 'dispatch.watch')
  await page.settle()
  page.asked.length = 0
  page.change('appointment')
  expect(page.asked).toEqual(['dispatch.watch'])
})
