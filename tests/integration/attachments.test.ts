import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connectOverHttp } from '../../src/main/sync/httpConnection.ts'
import { type ConnectTo, HubUnreachable } from '../../src/main/sync/hubConnection.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { ListedAttachment, WaitingAttachments } from '../../src/shared/contract/methods/attachments.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import { UPLOAD_PART_BYTES } from '../../src/shared/contract/methods/intake.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { type RealHub, startRealHub } from '../support/realHub.ts'

/** Two real workstations at a real hub, and a line that does what the test wants. */

const postgres = sharedPostgres()
const closing: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const SET_UP = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

interface Piece {
  readonly from: number
  readonly bytes: number
}

/** What goes over the line, and what happens to it. */
class Line {
  readonly sent: Piece[] = []
  fetched = 0
  /** Called before a piece goes up; what it throws is what the sender hears. */
  before: (number: number) => Promise<void> | void = () => undefined
  /** Called after the hub has taken a piece: an answer can be lost here. */
  after: (number: number) => Promise<void> | void = () => undefined
  /** Called before a piece is fetched. */
  beforeFetch: (number: number) => void = () => undefined
  damage = false

  readonly connect: ConnectTo = (place) => {
    const connection = connectOverHttp(place)
    const { attachments } = connection
    if (!attachments) throw new Error('No files go over HTTP')
    return {
      ...connection,
      attachments: {
        ...attachments,
        send: async (token, sha256, from, bytes) => {
          const number = this.sent.push({ from, bytes: bytes.length })
          await this.before(number)
          const answer = await attachments.send(token, sha256, from, this.damage ? randomBytes(bytes.length) : bytes)
          await this.after(number)
          return answer
        },
        fetch: async (token, actorId, sha256, from) => {
          this.fetched += 1
          this.beforeFetch(this.fetched)
          return attachments.fetch(token, actorId, sha256, from)
        },
      },
    }
  }
}

interface Desk {
  readonly office: TestBackend
  readonly page: Page
  readonly line: Line
  state(): HubState
  list(customerId: string): Promise<readonly ListedAttachment[]>
  waiting(): Promise<WaitingAttachments>
  close(): Promise<void>
}

function openDesk(directory = ':memory:', line = new Line()): Desk {
  const office = startBackend({ quiet: true, directory, ports: { connect: line.connect } })
  const page = office.page()
  const { services } = office.backend
  if (!services) throw new Error('The store could not be opened')
  let open = true
  const close = async (): Promise<void> => {
    if (open) await office.close()
    open = false
  }
  closing.push(close)
  return {
    office,
    page,
    line,
    close,
    state: () => services.hub.state(),
    list: (customerId) => page.ask('attachment.list', { subjectKind: 'customer', subjectId: customerId }),
    waiting: () => page.ask('attachment.waiting'),
  }
}

async function startHub(): Promise<RealHub> {
  const hub = await startRealHub(await postgres.database())
  closing.push(() => hub.close())
  return hub
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'baton-attachments-test-'))
  closing.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const becomes = (what: () => unknown, as: unknown) => expect.poll(what, { timeout: 30_000, interval: 20 }).toEqual(as)

async function signIn(desk: Desk): Promise<void> {
  const { people } = await desk.page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await desk.page.ask('session.signIn', { userId: people[0]?.userId, pin: SET_UP.pin })
}

async function foundAt(hub: RealHub, directory?: string): Promise<Desk> {
  const desk = openDesk(directory)
  await desk.page.ask('company.setUp', SET_UP)
  await desk.page.ask('hub.enrol', { code: await hub.code(), name: 'Front desk 2' })
  await becomes(() => desk.state().link, 'online')
  return desk
}

async function joinAt(hub: RealHub, companyId: string | undefined): Promise<Desk> {
  const desk = openDesk()
  await desk.page.ask('hub.enrol', { code: await hub.code(companyId), name: 'Dispatch' })
  await becomes(() => [desk.state().link, desk.state().progress], ['online', null])
  await signIn(desk)
  return desk
}

async function customerAt({ page }: Desk): Promise<string> {
  const customerId = newId()
  await page.ask('customer.create', newCustomer(customerId, 'Okonjo'))
  return customerId
}

async function attach({ page }: Desk, customerId: string, bytes: Buffer, name = 'furnace.jpg'): Promise<string> {
  const uploadId = newId()
  for (let part = 0; part * UPLOAD_PART_BYTES < bytes.length; part++) {
    const end = (part + 1) * UPLOAD_PART_BYTES
    await page.ask('attachment.upload', { uploadId, part, last: end >= bytes.length, base64: bytes.subarray(part * UPLOAD_PART_BYTES, end).toString('base64') })
  }
  const attachmentId = newId()
  await page.ask('attachment.attach', { uploadId, attachmentId, subjectKind: 'customer', subjectId: customerId, name })
  return attachmentId
}

interface Opened {
  readonly kind: 'image' | 'file'
  readonly base64: string
}

const open = ({ page }: Desk, attachmentId: string, asFile = false): Promise<Opened> => page.ask<Opened>('attachment.open', { attachmentId, asFile, operationId: newId() })

const companyOf = (desk: Desk): string | undefined => desk.office.backend.services?.store.companyId

/** Something that the test lets happen. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let release: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (release = resolve))
  return { passed, open: () => release() }
}

describe('a file that was attached', () => {
  it('is on its way for the others until the hub has it, and is then opened there, once fetched', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    const there = await joinAt(hub, companyOf(here))
    const held = gate()
    here.line.before = () => held.passed
    const customerId = await customerAt(here)
    const bytes = randomBytes(700_000)
    const attachmentId = await attach(here, customerId, bytes)
    expect(await here.list(customerId)).toMatchObject([{ name: 'furnace.jpg', bytes: 700_000, by: 'Sean Avery', place: 'toHub' }])
    await becomes(async () => (await there.list(customerId)).map(({ place, deviceName }) => [place, deviceName]), [['onItsWay', 'Front desk 2']])
    await expect(open(there, attachmentId)).rejects.toThrow(/on its way from Front desk 2/)
    expect(await here.waiting()).toMatchObject({ files: 1, bytes: 700_000 })
    held.open()
    await becomes(async () => (await there.list(customerId)).map(({ place }) => place), ['atHub'])
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
    await becomes(() => here.waiting(), { files: 0, bytes: 0, sent: 0, problem: null })
    const shown = await open(there, attachmentId)
    expect([shown.kind, Buffer.from(shown.base64, 'base64').equals(bytes)]).toEqual(['image', true])
    expect((await there.list(customerId))[0]?.place).toBe('here')
    const { fetched } = there.line
    await open(there, attachmentId, true)
    expect(there.line.fetched).toBe(fetched)
    expect(Buffer.from(there.office.files[0]?.bytes ?? []).equals(bytes)).toBe(true)
  })

  it('goes on where it was when Baton is killed in the middle, and sends nothing that the hub has', async () => {
    const hub = await startHub()
    const directory = folder()
    const first = await foundAt(hub, directory)
    const customerId = await customerAt(first)
    const bytes = randomBytes(3_000_000)
    const inTheMiddle = gate()
    // The fifth piece is taken by the hub, and its answer is never heard.
    first.line.after = async (number) => {
      if (number < 5) return
      inTheMiddle.open()
      await new Promise(() => undefined)
    }
    const attachmentId = await attach(first, customerId, bytes)
    await inTheMiddle.passed
    await first.close()
    const taken = first.line.sent.reduce((sum, piece) => sum + piece.bytes, 0)

    const again = openDesk(directory)
    await signIn(again)
    await becomes(async () => (await again.list(customerId)).map(({ place }) => place), ['here'])
    expect(again.line.sent[0]?.from).toBe(taken)
    expect(again.line.sent.reduce((sum, piece) => sum + piece.bytes, 0)).toBe(bytes.length - taken)
    const there = await joinAt(hub, companyOf(again))
    await becomes(async () => (await there.list(customerId)).map(({ place }) => place), ['atHub'])
    expect(Buffer.from((await open(there, attachmentId)).base64, 'base64').equals(bytes)).toBe(true)
  })

  it('arrives over a line that loses questions and answers, each piece once', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    const customerId = await customerAt(here)
    const bytes = randomBytes(1_500_000)
    here.line.before = (number) => {
      if (number % 3 === 1) throw new HubUnreachable('The question was lost')
    }
    here.line.after = (number) => {
      if (number % 3 === 2) throw new HubUnreachable('The answer was lost')
    }
    const attachmentId = await attach(here, customerId, bytes)
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
    expect(hub.parts.metrics.text()).toContain('baton_attachment_bytes_total{way="in"} 1500000')
    const there = await joinAt(hub, companyOf(here))
    await becomes(async () => (await there.list(customerId)).map(({ place }) => place), ['atHub'])
    there.line.beforeFetch = (number) => {
      if (number === 3) throw new HubUnreachable('The line broke')
    }
    await expect(open(there, attachmentId)).rejects.toThrow(/line to it is down/)
    const half = there.line.fetched
    expect(Buffer.from((await open(there, attachmentId)).base64, 'base64').equals(bytes)).toBe(true)
    // What came before the line broke was not fetched again.
    expect(there.line.fetched).toBeLessThan(half + Math.ceil(bytes.length / 262_144))
  })

  it('never goes before a command: those that are given while it is on its way are with the hub before its next piece', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    const customerId = await customerAt(here)
    const order: string[] = []
    const mark = { given: false }
    hub.parts.hub.onDecided((_company, decided) => decided.forEach(({ entry }) => order.push(entry.name)))
    const [third, given] = [gate(), gate()]
    here.line.before = async (number) => {
      order.push('piece')
      if (number !== 3) return
      third.open()
      await given.passed
    }
    await attach(here, customerId, randomBytes(8_000_000))
    await third.passed
    for (let time = 0; time < 3; time++) await here.page.ask('note.add', { noteId: newId(), subjectKind: 'customer', subjectId: customerId, body: `Note ${time}`, pinned: false })
    mark.given = true
    given.open()
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
    const pieces = order.flatMap((what, index) => (what === 'piece' ? [index] : []))
    const notes = order.flatMap((what, index) => (what === 'note.add' ? [index] : []))
    expect(pieces.length).toBeGreaterThan(20)
    expect(notes.length).toBe(3)
    expect(Math.max(...notes)).toBeLessThan(pieces[3] ?? 0)
  })

  it('waits with what was attached without a line, and goes up when it is back', async () => {
    const url = await postgres.database()
    const hub = await startRealHub(url)
    const here = await foundAt(hub)
    const customerId = await customerAt(here)
    await becomes(() => here.state().waiting, 0)
    await hub.close()
    await becomes(() => here.state().link, 'offline')
    const bytes = randomBytes(50_000)
    const attachmentId = await attach(here, customerId, bytes)
    expect(await here.list(customerId)).toMatchObject([{ place: 'toHub' }])
    expect(await here.waiting()).toMatchObject({ files: 1 })
    // Without the hub it is opened all the same: it is here.
    expect(Buffer.from((await open(here, attachmentId)).base64, 'base64').equals(bytes)).toBe(true)
    const back = await startRealHub(url, Number(new URL(hub.address).port))
    closing.push(() => back.close())
    await here.page.ask('hub.enrol', { code: await back.code(companyOf(here)), name: 'Front desk 2' })
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
  })

  it('stays on its way where the line damages it, and is never shown as something else', async () => {
    const hub = await startHub()
    const here = await foundAt(hub)
    const customerId = await customerAt(here)
    here.line.damage = true
    await attach(here, customerId, randomBytes(100_000))
    await becomes(() => here.line.sent.length, 1)
    await becomes(() => hub.parts.metrics.text().includes('outcome="wrongHash"} 1'), true)
    here.line.damage = false
    await here.page.ask('hub.syncNow')
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
  })

  it('is fetched again where somebody damaged or deleted it on this disk', async () => {
    const hub = await startHub()
    const directory = folder()
    const here = await foundAt(hub, directory)
    const customerId = await customerAt(here)
    const bytes = randomBytes(30_000)
    const attachmentId = await attach(here, customerId, bytes)
    await becomes(async () => (await here.list(customerId)).map(({ place }) => place), ['here'])
    const [inside] = readdirSync(join(directory, 'attachments')).filter((name) => name !== 'incoming')
    const [file] = readdirSync(join(directory, 'attachments', inside ?? ''))
    const path = join(directory, 'attachments', inside ?? '', file ?? '')
    for (const harm of [() => writeFileSync(path, 'something else'), () => rmSync(path)]) {
      harm()
      expect(Buffer.from((await open(here, attachmentId)).base64, 'base64').equals(bytes)).toBe(true)
    }
  })
})

describe('without a hub', () => {
  it('files are attached, opened, removed and put back, and two of one content are kept once', async () => {
    const directory = folder()
    const desk = openDesk(directory)
    await desk.page.ask('company.setUp', SET_UP)
    const customerId = await customerAt(desk)
    const bytes = randomBytes(3_000_000)
    const one = await attach(desk, customerId, bytes)
    await attach(desk, customerId, bytes, 'Copy of furnace.HTML')
    expect((await desk.list(customerId)).map(({ name, place, mediaType }) => [name, place, mediaType])).toEqual([
      ['Copy of furnace.HTML', 'here', 'application/octet-stream'],
      ['furnace.jpg', 'here', 'image/jpeg'],
    ])
    const folders = readdirSync(join(directory, 'attachments')).filter((name) => name !== 'incoming')
    expect(folders.flatMap((name) => readdirSync(join(directory, 'attachments', name)))).toHaveLength(1)
    expect(readdirSync(join(directory, 'attachments', 'incoming'))).toEqual([])
    await desk.page.ask('attachment.remove', { attachmentId: one })
    expect(await desk.list(customerId)).toHaveLength(1)
    await expect(open(desk, one)).rejects.toThrow(/gone/)
    await desk.page.ask('attachment.remove', { attachmentId: one, removed: false })
    expect(Buffer.from((await open(desk, one)).base64, 'base64').equals(bytes)).toBe(true)
    expect(await desk.waiting()).toMatchObject({ files: 0 })
  })

  it('refuses what is too large, empty or not whole, in a sentence, and keeps nothing of it', async () => {
    const directory = folder()
    const desk = openDesk(directory)
    await desk.page.ask('company.setUp', SET_UP)
    const customerId = await customerAt(desk)
    const uploadId = newId()
    const part = randomBytes(UPLOAD_PART_BYTES).toString('base64')
    for (let number = 0; number < 25; number++) await desk.page.ask('attachment.upload', { uploadId, part: number, last: false, base64: part })
    await expect(desk.page.ask('attachment.upload', { uploadId, part: 25, last: true, base64: 'AAAA' })).rejects.toThrow(/larger than 50 MB/)
    const given = { attachmentId: newId(), subjectKind: 'customer', subjectId: customerId, name: 'a.jpg' }
    await expect(desk.page.ask('attachment.attach', { uploadId, ...given })).rejects.toThrow(/not here any more/)
    const half = newId()
    await desk.page.ask('attachment.upload', { uploadId: half, part: 0, last: false, base64: 'AAAA' })
    await expect(desk.page.ask('attachment.attach', { uploadId: half, ...given })).rejects.toThrow(/not arrived whole/)
    await expect(desk.page.ask('attachment.upload', { uploadId: half, part: 2, last: false, base64: 'AAAA' })).rejects.toThrow(/not arrive whole/)
    const empty = newId()
    await desk.page.ask('attachment.upload', { uploadId: empty, part: 0, last: true, base64: '' })
    await expect(desk.page.ask('attachment.attach', { uploadId: empty, ...given })).rejects.toThrow(/is empty/)
    expect(readdirSync(join(directory, 'attachments', 'incoming'))).toEqual([])
    expect(await desk.list(customerId)).toEqual([])
  })
})
