import type { Job } from './tables.ts'

type PaymentForm = Job['plannedPayment']

/** How people name the forms of payment. */
export const PAYMENT_FORM_NAMES: Readonly<Record<PaymentForm, string>> = {
  card: 'Card',
  check: 'Check',
  cash: 'Cash',
  financing: 'Financing',
  ach: 'Bank transfer (ACH)',
  onAccount: 'On account',
}
