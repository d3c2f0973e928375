import type { PracticeCaller } from './caller.ts'
import { angryCustomer } from './callers/angryCustomer.ts'
import { billing } from './callers/billing.ts'
import { cancel } from './callers/cancel.ts'
import { gasSmell } from './callers/gasSmell.ts'
import { hangUp } from './callers/hangUp.ts'
import { newAddress } from './callers/newAddress.ts'
import { priceShopper } from './callers/priceShopper.ts'
import { sharedNumber } from './callers/sharedNumber.ts'
import { solicitor } from './callers/solicitor.ts'
import { whereIs } from './callers/whereIs.ts'

/** The ten callers, the usual before the unhappy. */
export const PRACTICE_CALLERS: readonly PracticeCaller[] = [sharedNumber, newAddress, whereIs, cancel, billing, priceShopper, solicitor, angryCustomer, gasSmell, hangUp]

export function practiceCaller(key: string): PracticeCaller | undefined {
  return PRACTICE_CALLERS.find((caller) => caller.key === key)
}
