import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryPair } from '../../src/main/core/transport.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { ServerFrame } from '../../src/shared/contract/frames.ts'
import { RefusedError, startBackend, type TestBackend } from '../support/backend.ts'

let office: TestBackend

beforeEach(() => {
  office = startBackend()
})

afterEach(() => office.close())

const setUp = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

/** Sends raw frames and collects what comes back: each is answered once. */
async function raw(frames: readonly unknown[]): Promise<readonly ServerFrame[]> {
  const { client, server } = memoryPair()
  office.backend.connect(server)
  return new Promise((resolve) => {
    const answers: ServerFrame[] = []
    client.onFrame((frame) => {
      answers.push(frame)
      if (answers.length === frames.length) resolve(answers)
    })
    for (const frame of frames) client.send(frame)
  })
}

describe('the router', () => {
  it('answers garbage with a coded error and goes on', async () => {
    const answers = await raw([null, 42, 'hello', [], { t: 'req' }, { t: 'req', id: 7, method: 5 }, { t: 'nonsense', id: 3 }, { t: 'hello', protocol: 1, clientId: newId() }])
    expect(answers.slice(0, 7).map((frame) => (frame.t === 'err' ? frame.error.code : frame.t))).toEqual(Array(7).fill('frame.invalid'))
    expect(answers.at(-1)).toMatchObject({ t: 'hello', startupError: null })
  })

  it('refuses a request before hello, an unknown method and an unreadable input', async () => {
    const [early] = await raw([{ t: 'req', id: 1, method: 'session.state', input: {} }])
    expect(early).toMatchObject({ t: 'err', id: 1, error: { code: 'frame.noHello' } })
    const page = office.page()
    await expect(page.ask('no.such.method')).rejects.toMatchObject({ error: { code: 'method.unknown' } })
    await expect(page.ask('constructor')).rejects.toMatchObject({ error: { code: 'method.unknown' } })
    await expect(page.ask('session.signIn', { userId: 7, pin: '1' })).rejects.toMatchObject({ error: { code: 'input.invalid', field: 'userId' } })
  })

  it('lets nobody act who has not signed in', async () => {
    const page = office.page()
    await expect(page.ask('user.add', { id: newId(), name: 'Kim Ode', roles: ['dispatcher'] })).rejects.toMatchObject({ error: { code: 'session.signedOut' } })
    await page.ask('company.setUp', setUp)
    await expect(office.page().ask('user.add', { id: newId(), name: 'Kim Ode', roles: ['dispatcher'] })).rejects.toBeInstanceOf(RefusedError)
  })

  it('sets a company up once, signs its owner in, and keeps a second one out', async () => {
    const page = office.page()
    await expect(page.ask('company.setUp', setUp)).resolves.toMatchObject({ name: 'Sean Avery', initials: 'SA', roles: ['owner'] })
    await expect(page.ask('session.state')).resolves.toMatchObject({ company: { name: 'Copper Ridge', phase: 'rehearsal' }, person: { name: 'Sean Avery' } })
    await expect(page.ask('company.setUp', setUp)).rejects.toMatchObject({ error: { code: 'company.exists' } })
  })

  it('checks PINs, slows guessing down, and forgets the person when locked', async () => {
    const clientId = newId()
    const page = office.page(clientId)
    const { userId } = await page.ask<{ userId: string }>('company.setUp', setUp)
    await page.ask('session.lock', { reason: 'asked' })
    await expect(page.ask('session.state')).resolves.toMatchObject({ person: null })
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(page.ask('session.signIn', { userId, pin: '0000' })).rejects.toMatchObject({ error: { code: 'session.wrongPin' } })
    }
    await expect(page.ask('session.signIn', { userId, pin: '4821' })).rejects.toMatchObject({ error: { code: 'session.wait' } })
  })

  it('keeps a page signed in over a reload, and tells every page what changed', async () => {
    const clientId = newId()
    const first = office.page(clientId)
    await first.ask('company.setUp', setUp)
    first.close()
    const again = office.page(clientId)
    const other = office.page()
    await expect(again.ask('session.state')).resolves.toMatchObject({ person: { name: 'Sean Avery' } })
    await again.ask('user.add', { id: newId(), name: 'Rosa Quill', roles: ['inboundCsr'] })
    expect(other.events.filter((event) => event.name === 'changed').at(-1)?.payload).toMatchObject({ tables: ['user'] })
  })

  it('does a command once however often the page sends it', async () => {
    const page = office.page()
    await page.ask('company.setUp', setUp)
    const commandId = newId()
    const input = { id: newId(), name: 'Rosa Quill', roles: ['inboundCsr'] }
    const answers = await Promise.all([page.ask('user.add', input, { commandId }), page.ask('user.add', input, { commandId })])
    expect(answers).toEqual([expect.objectContaining({ commandId }), { commandId, changed: [] }])
  })
})
