import { newId } from '../../../src/shared/base/id.ts'
import { type Figure, figure } from '../figure.ts'
import { asCompany, type CompanyRows, multiplied } from './company.ts'
import { foundCompany, type HubUnderTest } from './hubUnderTest.ts'
import { hubMegabytes } from './otherProcesses.ts'
import { AREA, type Joined, startDesk } from './scene.ts'

const ROWS = 500_000
const USABLE_SECONDS = 10
const ALL_SECONDS = 60

/** A new workstation of a company with 20,000 customers and two years behind it, and what it all takes in memory. */
export async function benchLargeCompany(hub: HubUnderTest, sample: CompanyRows, directory: string): Promise<readonly Figure[]> {
  const company = asCompany(multiplied(sample, ROWS), newId())
  await foundCompany(hub.admin, company)
  const desk = startDesk()
  await desk.ask('open', { directory })
  const { usable, all, rows } = await desk.ask<Joined>('join', { code: await hub.code(company.companyId), name: 'Large' })
  const joining = hubMegabytes(hub.pid)
  const store = await desk.ask<number>('megabytes')
  await desk.ask('close')
  await desk.stop()
  return [
    figure(AREA, `joining ${rows} rows, until today is usable`, usable / 1000, 's', { target: USABLE_SECONDS, n: 1 }),
    figure(AREA, `joining ${rows} rows, until everything is in`, all / 1000, 's', { target: ALL_SECONDS, n: 1 }),
    figure(AREA, `memory of the workstation with ${rows} rows, after joining`, store, 'MB'),
    ...(joining
      ? [figure(AREA, `memory of the hub\u2019s process with that company`, joining.hub, 'MB'), figure(AREA, `memory of the hub\u2019s PostgreSQL with that company`, joining.postgres, 'MB')]
      : []),
  ]
}
