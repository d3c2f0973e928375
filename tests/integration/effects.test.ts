import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectTable, type WorldEffect } from '../../src/shared/domain/effects/tables.ts'
import { newId } from '../../src/shared/base/id.ts'
import { MINUTE } from '../../src/shared/base/time.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { until } from '../faults/support/until.ts'
import { makeFinalInvoice } from '../support/finalInvoice.ts'
import { HandTimers } from '../support/handTimers.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'
import { MailServer } from '../support/mailServer.ts'

const PASSWORD = 'right one'

let mail: MailServer
let folder: string

beforeEach(async () => {
  mail = await MailServer.start({ account: { user: 'office', password: PASSWORD } })
  folder = mkdtempSync(join(tmpdir(), 'baton-effects-'))
})

afterEach(async () => {
  await mail.close()
  rmSync(folder, { recursive: true, force: true })
})

async function askFor(page: Page, now: number): Promise<string> {
  const invoiceId = await makeFinalInvoice((name, input) => page.ask(name, input), now)
  const effectId = newId()
  await page.ask('invoice.email', { effectId, invoiceId, to: 'martin@okonjo.example', subject: 'Your invoice', text: 'Thank you.' })
  return effectId
}

const effectIn = (office: TestBackend, id: string): WorldEffect | undefined =>
  (office.backend.services?.store.engine.answer({ kind: 'all', table: effectTable }) as unknown as readonly WorldEffect[]).find((effect) => effect.id === id)

async function comesTo(office: TestBackend, id: string, state: WorldEffect['state'], timers: HandTimers): Promise<WorldEffect> {
  await until(
    async () => {
      await timers.pass(200)
      return effectIn(office, id)?.state === state
    },
    () => `${state}: ${JSON.stringify(effectIn(office, id))}`,
    20_000,
  )
  const effect = effectIn(office, id)
  if (!effect) throw new Error('It is gone')
  return effect
}

describe('a workstation without a hub', () => {
  let timers: HandTimers
  let office: TestBackend
  let page: Page

  async function open(): Promise<void> {
    timers = new HandTimers(timers.now())
    office = startBackend({ directory: folder, now: timers.now, ports: { timers, performs: true } })
    page = office.page()
  }

  beforeEach(async () => {
    timers = new HandTimers()
    await open()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
    await page.ask('mail.configure', mail.settings('office'))
    await page.ask('mail.savePassword', { password: PASSWORD })
  })

  afterEach(() => office.close())

  it('sends an invoice once, with its PDF, and keeps the password out of the store', async () => {
    const id = await askFor(page, timers.now())
    expect(await comesTo(office, id, 'done', timers)).toMatchObject({ attempt: 1, outcome: expect.stringContaining('The mail server took it') as string })
    expect(mail.received).toMatchObject([{ to: 'martin@okonjo.example', user: 'office', messageId: `<${id}.1@copper-ridge.example>` }])
    expect(mail.received[0]?.raw).toMatch(/application\/pdf/)
    await office.close()
    for (const name of readdirSync(folder).filter((file) => file.startsWith('baton'))) expect(readFileSync(join(folder, name)).includes(PASSWORD), name).toBe(false)
    await open()
    await timers.pass(10 * MINUTE)
    expect(mail.received).toHaveLength(1)
  })

  it('tries again what surely failed, and no more than a person wants where it is refused for good', async () => {
    mail.manner = 'tooBusyForMessage'
    const id = await askFor(page, timers.now())
    await until(() => effectIn(office, id)?.failures === 1, () => JSON.stringify(effectIn(office, id)), 20_000)
    expect(effectIn(office, id)).toMatchObject({ state: 'waiting', notBefore: timers.now() + MINUTE })
    mail.manner = 'take'
    await comesTo(office, id, 'done', timers)
    mail.manner = 'refuseRecipient'
    const other = await askFor(page, timers.now())
    expect(await comesTo(office, other, 'failed', timers)).toMatchObject({ outcome: expect.stringContaining('550') as string })
    expect(mail.received).toHaveLength(1)
  })

  it('asks a person when no answer came, and sends again only when that person says so', async () => {
    mail.manner = 'takeAndBreak'
    const id = await askFor(page, timers.now())
    expect(await comesTo(office, id, 'uncertain', timers)).toMatchObject({ attempt: 1 })
    await timers.pass(60 * MINUTE)
    expect(mail.received).toHaveLength(1)
    mail.manner = 'take'
    await page.ask('effect.settle', { effectId: id, how: 'again', attempt: 1 })
    await comesTo(office, id, 'done', timers)
    expect(mail.received.map(({ messageId }) => messageId)).toEqual([`<${id}.1@copper-ridge.example>`, `<${id}.2@copper-ridge.example>`])
  })

  it('leaves the server alone once it refused the password, until another is entered', async () => {
    await page.ask('mail.savePassword', { password: 'wrong one' })
    const id = await askFor(page, timers.now())
    await until(() => effectIn(office, id)?.failures === 1, () => JSON.stringify(effectIn(office, id)), 20_000)
    await timers.pass(5 * MINUTE)
    expect(mail.refusedSignIns).toBe(1)
    await page.ask('mail.savePassword', { password: PASSWORD })
    await comesTo(office, id, 'done', timers)
  })

  it('says of what was under way when it was stopped that nobody knows; and of what had not left it, that it did not', async () => {
    mail.manner = 'takeAndFallSilent'
    const id = await askFor(page, timers.now())
    await until(() => mail.received.length === 1, () => JSON.stringify(effectIn(office, id)), 20_000)
    expect(effectIn(office, id)).toMatchObject({ state: 'running' })
    await office.close()
    mail.manner = 'take'
    await open()
    expect(await comesTo(office, id, 'uncertain', timers)).toMatchObject({ outcome: 'Baton was stopped in the middle of sending it.' })
    expect(mail.received).toHaveLength(1)
  })

  it('does not send again when its data is put back to before it was sent', async () => {
    await office.close()
    timers = new HandTimers(timers.now())
    office = startBackend({ directory: folder, now: timers.now, ports: { timers, performs: false } })
    page = office.page(undefined, undefined)
    const people = (await page.ask<{ people: readonly { userId: string }[] }>('session.state')).people
    await page.ask('session.signIn', { userId: people[0]?.userId, pin: '4821' })
    const id = await askFor(page, timers.now())
    const store = office.backend.services?.store
    await store?.backUp(join(folder, 'aside.sqlite'))
    await office.close()
    await open()
    await comesTo(office, id, 'done', timers)
    await office.close()
    for (const name of readdirSync(folder)) if (name.startsWith('baton.sqlite')) rmSync(join(folder, name))
    renameSync(join(folder, 'aside.sqlite'), join(folder, 'baton.sqlite'))
    await open()
    expect(await comesTo(office, id, 'uncertain', timers)).toMatchObject({ outcome: expect.stringContaining('put back') as string })
    expect(mail.received).toHaveLength(1)
  })
})

describe('an office at a hub', () => {
  let office: LinkedOffice
  let front: Desk
  let dispatch: Desk

  beforeEach(async () => {
    office = new LinkedOffice()
    front = await office.founder(join(folder, 'front'), true)
    await front.page.ask('mail.configure', mail.settings('office'))
    dispatch = await office.joiner(join(folder, 'dispatch'), 'Dispatch', true)
    for (const desk of [front, dispatch]) await desk.page.ask('mail.savePassword', { password: PASSWORD })
    await office.settled(front, dispatch)
  })

  afterEach(() => office.close())

  it('sends an invoice once, from where it was asked for, and says so everywhere', async () => {
    const id = await askFor(front.page, office.timers.now())
    await comesTo(front.office, id, 'done', office.timers)
    expect(await comesTo(dispatch.office, id, 'done', office.timers)).toMatchObject({ device: front.services.store.deviceId })
    expect(mail.received).toHaveLength(1)
  })

  it('sends from another workstation where the first has no password', async () => {
    await front.page.ask('mail.forgetPassword')
    const id = await askFor(front.page, office.timers.now())
    expect(await comesTo(front.office, id, 'done', office.timers)).toMatchObject({ device: dispatch.services.store.deviceId })
    expect(mail.received).toHaveLength(1)
  })

  it('waits for the line, and sends once when it is back', async () => {
    office.hub.weather.down = true
    office.hub.cut()
    const id = await askFor(front.page, office.timers.now())
    await office.timers.pass(30 * MINUTE)
    expect(effectIn(front.office, id)).toMatchObject({ state: 'waiting', attempt: 0 })
    expect(mail.received).toEqual([])
    office.hub.weather.down = false
    await comesTo(front.office, id, 'done', office.timers)
    expect(mail.received).toHaveLength(1)
  })

  it('asks a person when the one that was sending is gone, and hears it when it comes back', async () => {
    mail.manner = 'takeAndFallSilent'
    const id = await askFor(front.page, office.timers.now())
    await until(
      async () => {
        await office.timers.pass(100)
        return mail.received.length === 1
      },
      () => JSON.stringify(effectIn(front.office, id)),
      20_000,
    )
    await front.close()
    await comesTo(dispatch.office, id, 'running', office.timers)
    expect(await comesTo(dispatch.office, id, 'uncertain', office.timers)).toMatchObject({ outcome: expect.stringContaining('stopped in the middle') as string })
    expect(mail.received).toHaveLength(1)
    mail.manner = 'take'
    const again = office.desk(join(folder, 'front'), false, true)
    await office.online(again)
    await office.settled(again, dispatch)
    await office.timers.pass(10 * MINUTE)
    expect(effectIn(again.office, id)).toMatchObject({ state: 'uncertain' })
    expect(mail.received).toHaveLength(1)
  })

  it('begins nothing twice when the hub\u2019s word is lost on its way', async () => {
    const id = await askFor(front.page, office.timers.now())
    office.hub.weather.loseAnswers = 2
    await comesTo(front.office, id, 'done', office.timers)
    await office.settled(front, dispatch)
    expect(mail.received).toHaveLength(1)
  })

  it('asks about everything that is open when the hub was put back, instead of sending it again', async () => {
    await front.page.ask('mail.forgetPassword')
    await dispatch.page.ask('mail.forgetPassword')
    const id = await askFor(front.page, office.timers.now())
    await office.settled(front, dispatch)
    const before = office.hub.seq
    await front.page.ask('mail.savePassword', { password: PASSWORD })
    await comesTo(dispatch.office, id, 'done', office.timers)
    await office.settled(front, dispatch)
    expect(mail.received).toHaveLength(1)
    await front.close()
    await office.hub.restoreTo(before)
    await dispatch.page.ask('mail.savePassword', { password: PASSWORD })
    await office.timers.pass(20 * MINUTE)
    expect(await comesTo(dispatch.office, id, 'uncertain', office.timers)).toMatchObject({ outcome: expect.stringContaining('put back') as string })
    expect(mail.received).toHaveLength(1)
  })
})
