import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { newCustomer } from '../support/linkedOffice.ts'
import { sharedPostgres } from '../support/postgres.ts'
import { startRealHub } from '../support/realHub.ts'
import { dayShifts } from '../support/shifts.ts'

const postgres = sharedPostgres()
const closing: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const SET_UP = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

/** Days that stand in nothing but a pay rate: what is looked for on a disk. */
const BEFORE_JOINING = '2061-03-09'
const AFTER_JOINING = '2062-04-10'

/** Everything that a workstation has written, its store's log and all. */
function onDisk(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n')
}

function deskIn(directory: string): TestBackend {
  const office = startBackend({ directory, quiet: true })
  closing.push(() => office.close())
  return office
}

const count = (office: TestBackend, table: 'customer' | 'pay_rate'): number => (office.backend.services?.store.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

const becomes = (what: () => unknown, as: unknown) => expect.poll(what, { timeout: 20_000, interval: 20 }).toEqual(as)

it('never writes pay on the disk of a workstation that is not cleared for it, and does not let it be typed in there', async () => {
  const root = mkdtempSync(join(tmpdir(), 'baton-clearance-'))
  closing.push(() => rmSync(root, { recursive: true, force: true }))
  const hub = await startRealHub(await postgres.database())
  closing.push(() => hub.close())

  const cleared = deskIn(join(root, 'cleared'))
  const owner = cleared.page()
  await owner.ask('company.setUp', SET_UP)
  await owner.ask('hub.enrol', { code: await hub.code(), name: 'Accounting' })
  await becomes(() => cleared.backend.services?.hub.state().link, 'online')
  const { businessUnits } = await owner.ask<{ businessUnits: readonly { id: string }[] }>('settings.get')
  const technicianId = newId()
  await owner.ask('technician.save', { id: technicianId, name: 'Al Brightwater', businessUnitId: businessUnits[0]?.id, skills: [], shifts: dayShifts(420, 1140), homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 1, active: true })
  await owner.ask('pay.set', { technicianId, hourlyCents: 3125, fromDay: BEFORE_JOINING })
  await becomes(() => cleared.backend.services?.hub.state().waiting, 0)
  const { code } = await owner.ask<{ code: string }>('hub.invite', { clearances: [] })

  const other = deskIn(join(root, 'other'))
  const page = other.page()
  await page.ask('hub.enrol', { code, name: 'Front desk' })
  await becomes(() => other.backend.services?.hub.state().link, 'online')
  const { people } = await page.ask<{ people: readonly { userId: string }[] }>('session.state')
  await page.ask('session.signIn', { userId: people[0]?.userId, pin: SET_UP.pin })
  await owner.ask('pay.set', { technicianId, hourlyCents: 3250, fromDay: AFTER_JOINING })
  await owner.ask('customer.create', newCustomer(newId(), 'Okonjo'))
  // The customer came after the pay rate: whatever was sent of that one is here by now.
  await becomes(() => count(other, 'customer'), 1)

  await expect(page.ask('pay.set', { technicianId, hourlyCents: 9, fromDay: '2063-05-11' })).rejects.toMatchObject({ error: { code: 'people.notKeptHere' } })
  expect([count(cleared, 'pay_rate'), count(other, 'pay_rate')]).toEqual([2, 0])
  const [kept, notKept] = [onDisk(join(root, 'cleared')), onDisk(join(root, 'other'))]
  for (const day of [BEFORE_JOINING, AFTER_JOINING]) {
    expect(kept).toContain(day)
    expect(notKept).not.toContain(day)
  }
  expect(notKept).toContain('Okonjo')
})
