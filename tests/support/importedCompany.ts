import { newId } from '../../src/shared/base/id.ts'
import { dayShifts } from './shifts.ts'
import { startBackend } from './backend.ts'
import { jobberFile, toCsv } from './jobberCsv.ts'

export const PEOPLE = {
  owner: { name: 'Sean Avery', pin: '4821' },
  csr: { name: 'Rosa Quill', pin: '1111', roles: ['inboundCsr'] },
  dispatcher: { name: 'Dana Wray', pin: '2222', roles: ['dispatcher'] },
  receivables: { name: 'Tanya Reese', pin: '3333', roles: ['receivables'] },
} as const

/**
 * A company of one's own in a data folder: set up, its people and two plumbers added, its customers
 * imported from a Jobber-style file, all through the contract as the screens do it.
 */
export async function importedCompany(dataDir: string): Promise<void> {
  const office = startBackend({ directory: dataDir })
  const page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge Home Services', zone: 'America/Chicago', ownerName: PEOPLE.owner.name, pin: PEOPLE.owner.pin })
  for (const { name, pin, roles } of [PEOPLE.csr, PEOPLE.dispatcher, PEOPLE.receivables]) {
    const id = newId()
    await page.ask('user.add', { id, name, roles })
    await page.ask('people.setPin', { userId: id, pin })
  }
  const { businessUnits, jobTypes } = await page.ask<{
    readonly businessUnits: readonly { readonly id: string; readonly name: string }[]
    readonly jobTypes: readonly { readonly businessUnitId: string; readonly skills: readonly string[] }[]
  }>('settings.get')
  const plumbing = businessUnits.find((unit) => unit.name === 'Plumbing')
  if (!plumbing) throw new Error('A new company has no plumbing unit')
  const skills = [...new Set(jobTypes.filter((type) => type.businessUnitId === plumbing.id).flatMap((type) => type.skills))]
  for (const [position, name] of ['Al Brightwater', 'Tess Moran'].entries()) {
    await page.ask('technician.save', {
      id: newId(),
      name,
      businessUnitId: plumbing.id,
      skills,
      shifts: dayShifts(7 * 60, 19 * 60),
      homeArea: '',
      homeLatitude: null,
      homeLongitude: null,
      phone: null,
      position,
      active: true,
    })
  }
  // The clients without the second properties behind them: the practice line draws its caller, and a test knows one place.
  const text = toCsv(jobberFile().rows.slice(0, 1000))
  const uploadId = newId()
  await page.ask('import.upload', { uploadId, fileName: 'jobber-clients.csv', part: 0, last: true, base64: Buffer.from(text).toString('base64') })
  await page.ask('import.bringIn', { uploadId, operationId: newId() })
  await office.close()
}
