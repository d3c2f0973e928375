import { expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { type Page, RefusedError, startBackend } from '../support/backend.ts'

const who = async (page: Page): Promise<string | null> => (await page.ask<{ person: { name: string } | null }>('session.state')).person?.name ?? null
const told = (page: Page): number => page.events.filter(({ name }) => name === 'session').length

async function office() {
  const backend = startBackend({ quiet: true })
  const session = newId()
  const main = backend.page(session)
  await main.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
  const { people } = await main.ask<{ people: readonly { userId: string }[] }>('session.state')
  return { backend, session, main, ownerId: people[0]?.userId ?? '' }
}

it('makes one session of a person\u2019s windows: locked in one is locked in all, and nobody else is told', async () => {
  const { backend, session, main, ownerId } = await office()
  const [side, stranger] = [backend.page(session), backend.page()]
  expect(await who(side)).toBe('Sean Avery')
  expect(await who(stranger)).toBeNull()
  const before = told(main)
  await side.ask('session.lock', { reason: 'asked' })
  expect(await who(main)).toBeNull()
  expect(told(main)).toBe(before + 1)
  await main.ask('session.signIn', { userId: ownerId, pin: '4821' })
  expect(await who(side)).toBe('Sean Avery')
  expect(told(side)).toBe(2)
  expect(told(stranger)).toBe(0)
  // A window that closes signs nobody out.
  side.close()
  expect(await who(main)).toBe('Sean Avery')
  await backend.close()
})

it('opens no window where the page opens its own', async () => {
  const { backend, main } = await office()
  await expect(main.ask('window.show', { kind: 'trays' })).rejects.toThrow(RefusedError)
  await expect(main.ask('window.show', { kind: 'a window of nobody' })).rejects.toThrow('input.invalid')
  await expect(backend.page().ask('window.show', { kind: 'trays' })).rejects.toThrow('session.signedOut')
  await backend.close()
})

it('sends nothing private to the wall', async () => {
  const { backend, main } = await office()
  const wall = await main.ask<object>('dispatch.wall')
  expect(Object.keys(wall).toSorted()).toEqual(['day', 'hour', 'rules', 'technicians', 'visits', 'zone'])
  expect(JSON.stringify(wall)).not.toMatch(/phone|customer|address|note/i)
  await backend.close()
})
