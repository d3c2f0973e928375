import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import type { ListedPerson, PaidTechnician } from '../../../shared/contract/methods/settings.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { DEFAULT_QUEUES } from '../../../shared/domain/promises/defaultQueues.ts'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { openStore } from '../../store/store.ts'

let office: TestBackend
let page: Page

beforeEach(async () => {
  office = startBackend()
  page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '4711' })
})

afterEach(() => office.close())

describe('settings', () => {
  it('hand back exactly what their commands take', async () => {
    const settings = await page.ask<{ queues: object[]; company: { phase: string; name: string } & Record<string, unknown>; businessUnits: object[]; jobTypes: object[] }>('settings.get')
    for (const queue of settings.queues) await page.ask('queue.save', queue)
    for (const unit of settings.businessUnits) await page.ask('businessUnit.save', unit)
    for (const jobType of settings.jobTypes) await page.ask('jobType.save', jobType)
    const { phase: _phase, ...set } = settings.company
    await page.ask('company.change', { set })
    const { items: priceBook } = await page.ask<{ items: object[] }>('settings.priceBook')
    for (const item of priceBook.slice(0, 5)) await page.ask('priceItem.save', item)
  })

  it('preview a queue: how many records it would hold, or what is wrong with it', async () => {
    const [queue] = DEFAULT_QUEUES
    expect(await page.ask('settings.previewQueue', { queue })).toEqual({ problem: null, matches: 0, records: 0 })
    const wrong = { ...queue, condition: { kind: 'field', name: 'colour' } }
    expect(await page.ask('settings.previewQueue', { queue: wrong })).toMatchObject({ problem: { field: 'condition', message: 'A call has no field \u201ccolour\u201d.' } })
  })

  it('give a person a PIN that signs in, and refuse to set somebody else\u2019s without the right', async () => {
    const kim = newId()
    await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['inboundCsr'] })
    await page.ask('people.setPin', { userId: kim, pin: '2468' })
    const other = office.page()
    await other.ask('session.signIn', { userId: kim, pin: '2468' })
    const { people } = await page.ask<{ people: ListedPerson[] }>('people.list')
    const rosa = people.find((person) => person.name === 'Rosa Quill')
    await expect(other.ask('people.setPin', { userId: rosa?.userId, pin: '1111' })).rejects.toMatchObject({ error: { code: 'people.notYours' } })
    await expect(other.ask('settings.get')).rejects.toMatchObject({ error: { code: 'people.notAllowed' } })
    await other.ask('people.setPin', { userId: kim, pin: '13579' })
  })

  it('say what technicians are paid to those who may see it, and to nobody else', async () => {
    const [unitId, technicianId, kim] = [newId(), newId(), newId()]
    await page.ask('businessUnit.save', { id: unitId, name: 'HVAC', position: 0, accountClass: '', active: true })
    const technician = { businessUnitId: unitId, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, active: true }
    await page.ask('technician.save', { ...technician, id: newId(), name: 'Lena Ortiz', position: 2 })
    await page.ask('technician.save', { ...technician, id: technicianId, name: 'Theo Barnard', position: 1 })
    for (const [hourlyCents, fromDay] of [[2800, '2020-01-01'], [9900, '2190-01-01'], [3100, '2021-01-01']] as const) await page.ask('pay.set', { technicianId, hourlyCents, fromDay })
    const { technicians } = await page.ask<{ technicians: PaidTechnician[] }>('people.pay')
    expect(technicians).toMatchObject([
      { name: 'Theo Barnard', hourlyCents: 3100, rates: [{ fromDay: '2190-01-01' }, { fromDay: '2021-01-01' }, { fromDay: '2020-01-01', hourlyCents: 2800 }] },
      { name: 'Lena Ortiz', hourlyCents: null, rates: [] },
    ])
    await page.ask('user.add', { id: kim, name: 'Kim Ode', roles: ['receivables', 'serviceManager'] })
    await page.ask('people.setPin', { userId: kim, pin: '2468' })
    const other = office.page()
    await other.ask('session.signIn', { userId: kim, pin: '2468' })
    await expect(other.ask('people.pay')).rejects.toMatchObject({ error: { code: 'people.notAllowed' } })
  })

  it('back up a company that lives on a disk into a copy that opens by itself', async () => {
    await expect(page.ask('settings.backUpNow')).rejects.toMatchObject({ error: { code: 'backup.nowhere' } })
    const directory = mkdtempSync(join(tmpdir(), 'baton-backup-'))
    const onDisk = startBackend({ directory })
    const desk = onDisk.page()
    await desk.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '4711' })
    const { file, bytes } = await desk.ask<{ file: string; bytes: number }>('settings.backUpNow')
    await onDisk.close()
    expect(bytes).toBeGreaterThan(100_000)
    const copy = openStore(dirname(file))
    expect(copy.engine.run(all(companyTable))).toMatchObject([{ name: 'Copper Ridge' }])
    copy.close()
    rmSync(directory, { recursive: true })
  })
})
