import type { paymentsMethods } from '../../../shared/contract/methods/payments.ts'
import type { Implementation } from '../../core/service.ts'
import { readSuspense } from './suspense.ts'

export const paymentsService: Implementation<typeof paymentsMethods> = {
  'suspense.get': ({ id }, asked) => readSuspense(id, asked),
}
