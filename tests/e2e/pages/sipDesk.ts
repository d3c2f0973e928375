import { expect } from '@playwright/test'
import type { CustomerPage } from '../../../src/shared/contract/methods/customers.ts'
import { PEOPLE } from '../../support/importedCompany.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'
import type { CallerDesk } from './callerDesk.ts'
import { FrontDoor } from './frontDoor.ts'
import { PhoneSettings } from './phoneSettings.ts'
import { ShellFrame } from './shell.ts'

export const MAIN_LINE = '5550100'
export const DISPATCH_EXTENSION = '201'

interface Customer {
  readonly id: string
  readonly name: string
  /** E.164 */
  readonly number: string
}

/** Customers with one place and a number of their own. */
export async function someCustomers(desk: CallerDesk, count: number): Promise<readonly Customer[]> {
  const { rows } = await desk.ask<{ readonly rows: readonly { readonly id: string }[] }>('customers.list', { limit: 60, order: 'name' })
  const found: Customer[] = []
  for (const { id } of rows) {
    const { name, phones, locations } = await desk.ask<CustomerPage>('customers.get', { customerId: id })
    const [phone, ...others] = phones
    if (phone?.sharedWith.length === 0 && others.length === 0 && locations.length === 1 && !found.some((one) => one.name === name)) found.push({ id, name, number: phone.value })
    if (found.length === count) return found
  }
  throw new Error(`There are not ${count} such customers`)
}

/** The owner sets the telephone and dispatch\u2019s extension up, then it is Rosa\u2019s desk. */
export async function setUpSipDesk(desk: CallerDesk, pbx: Pbx): Promise<void> {
  const { page } = desk
  await new FrontDoor(page).signIn('Sean', PEOPLE.owner.pin)
  const settings = new PhoneSettings(page)
  await settings.open()
  await settings.enter({ server: pbx.wss, domain: REALM, extension: '101', password: passwordOf('101'), certificate: pbx.certificate })
  await settings.save()
  await expect(page.getByText(/^Connected\. Extension 101 at/)).toBeVisible({ timeout: 20_000 })
  await pbx.untilRegistered('101')
  const { people } = await desk.ask<{ readonly people: readonly { readonly userId: string; readonly name: string }[] }>('session.state')
  const dispatcher = people.find(({ name }) => name === PEOPLE.dispatcher.name)
  await desk.ask('phoneExtension.save', { userId: dispatcher?.userId, extension: DISPATCH_EXTENSION, groups: [], skills: [] })
  await page.keyboard.press('F2')
  await new FrontDoor(page, page.getByRole('dialog')).signIn('Rosa', PEOPLE.csr.pin)
  await new ShellFrame(page).expectPerson(PEOPLE.csr.name)
  await page.keyboard.press('Alt+Shift+d')
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

/** The call that rings or is up with this caller. */
export async function callWith(desk: CallerDesk, { number }: Customer): Promise<string> {
  const { calls } = await desk.ask<{ readonly calls: readonly { readonly callId: string; readonly fromNumber: string | null; readonly state: string }[] }>('calls.current')
  return calls.find(({ fromNumber, state }) => fromNumber === number && state !== 'ended')?.callId ?? ''
}
