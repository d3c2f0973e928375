import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LeadItem } from '../../src/shared/contract/methods/leads.ts'
import { MINUTE } from '../../src/shared/base/time.ts'
import { until } from '../faults/support/until.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { dovecotMissing, MAILBOX_PASSWORD, MailboxServer } from '../support/mailboxServer.ts'

const missing = dovecotMissing()

const letter = (id: string, more = ''): string => `From: June Halloran <june@halloran.example>\r\nTo: office@copper-ridge.example\r\nSubject: ${id}\r\nMessage-ID: <${id}@halloran.example>\r\n${more}\r\nNot cooling. 555-014-2210\r\n`

describe('The watched mailbox', () => {
  let server: MailboxServer
  let office: TestBackend
  let page: Page
  let folder: string

  beforeEach(async (context) => {
    if (missing !== undefined) context.skip(missing)
    server = await MailboxServer.start()
    folder = mkdtempSync(join(tmpdir(), 'baton-lead-mailbox-'))
    office = startBackend({ directory: folder, ports: { performs: true } })
    page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '2468' })
  })

  afterEach(async () => {
    await office?.close()
    await server?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  const leads = async (): Promise<readonly LeadItem[]> => (await page.ask<{ leads: readonly LeadItem[] }>('leads.list', { state: 'new' })).leads
  const watching = async () => (await page.ask<{ watching: { good: boolean; sentence: string } }>('leads.settings')).watching

  async function watch(changed: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await page.ask('leadMailbox.save', { host: '127.0.0.1', port: server.port, security: 'none', userName: 'office', folder: 'INBOX', since: Date.now() - MINUTE, active: true, ...changed })
    await page.ask('leadMailbox.savePassword', { password: MAILBOX_PASSWORD })
  }

  const cameIn = (count: number): Promise<void> =>
    until(async () => (await leads()).length === count, () => `${count} leads`, 20_000)

  it('makes a lead of each email, as it comes, and leaves the mailbox as it is', async () => {
    await server.deliver(letter('before'))
    await watch()
    await cameIn(1)
    await server.deliver(letter('while-waiting'))
    await cameIn(2)
    await server.deliver(letter('away', 'Auto-Submitted: auto-replied\r\n'))
    await server.deliver(letter('after'))
    await cameIn(3)
    expect(await leads()).toMatchObject([{ channel: 'email', name: 'June Halloran', phone: '+15550142210', sourceName: 'Office mailbox' }, {}, {}])
    expect((await server.messages()).map(({ flags }) => flags.filter((flag) => flag !== '\\Recent'))).toEqual([[], [], [], []])
    expect(await watching()).toMatchObject({ good: true })
  })

  it('goes on where the server was gone, and knows everything again that was numbered anew', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await server.down()
    await server.up()
    await server.deliver(letter('two'))
    await cameIn(2)
    await server.renumber()
    await server.deliver(letter('three'))
    await cameIn(3)
  })

  it('is read by nobody twice: a workstation that starts again goes on, and the same email sent twice is one', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await office.close()
    await server.deliver(letter('one'))
    await server.deliver(letter('two'))
    office = startBackend({ directory: folder, ports: { performs: true } })
    page = office.page()
    const { people } = await page.ask<{ people: readonly { userId: string }[] }>('session.state')
    await page.ask('session.signIn', { userId: people[0]?.userId, pin: '2468' })
    await cameIn(2)
  })

  it('says what the server says about a wrong password, and reads nothing from before it was set up', async () => {
    await server.deliver(letter('long-ago'), new Date(Date.now() - 60 * MINUTE))
    await watch()
    await page.ask('leadMailbox.savePassword', { password: 'wrong one' })
    await until(async () => (await watching()).sentence.includes('did not accept'), () => 'the server\u2019s word', 20_000)
    await page.ask('leadMailbox.savePassword', { password: MAILBOX_PASSWORD })
    await server.deliver(letter('today'))
    await cameIn(1)
    expect((await leads())[0]?.wants).toBe('today')
  })

  it('digs nothing out of another folder, and hears of what comes into it', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await server.deliver(letter('old'), new Date(Date.now() - 60 * MINUTE), 'Leads')
    await watch({ folder: 'Leads', since: null })
    await server.deliver(letter('new'), new Date(), 'Leads')
    await cameIn(2)
    expect((await leads()).map(({ wants }) => wants).sort()).toEqual(['new', 'one'])
  })
})
