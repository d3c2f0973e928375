import { useMemo, useState } from 'react'
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../../../shared/domain/accounting/accounts.ts'
import type { OutputOf } from '../../api/types.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import { zoneOptions } from '../welcome/zones.ts'
import { FormChoice, FormDay, FormMinute, FormNumber, FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import { useRecordForm } from './useRecordForm.ts'

type Company = OutputOf<'settings.get'>['company']

const ACCOUNT_NAMES: Readonly<Record<LedgerAccount, string>> = {
  receivable: 'Money customers owe',
  undeposited: 'Payments not yet deposited',
  salesTax: 'Sales tax owed',
  customerCredit: 'Customers\u2019 credit',
  suspense: 'Money in suspense',
  serviceIncome: 'Income from service',
  materialIncome: 'Income from materials',
  equipmentIncome: 'Income from equipment',
  discount: 'Discounts',
}

const ROUNDING = [
  { value: 'invoice', label: 'Once per invoice', detail: 'for each jurisdiction' },
  { value: 'line', label: 'On every line', detail: 'then added up' },
] as const

const PHASE_WORDS: Readonly<Record<Company['phase'], string>> = {
  sample: 'A sample company: nothing is dialed, sent or charged.',
  rehearsal: 'Rehearsal: practice calls book ordinary jobs, so that the whole path can be tried.',
  live: 'Live: practice calls book practice jobs, which no number counts.',
}

/** Ends the rehearsal, which can't be taken back. */
function Phase({ phase }: { readonly phase: Company['phase'] }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const goLive = (): void => {
    setBusy(true)
    api
      .command('company.goLive', {})
      .then(
        () => toast('The company is live'),
        (thrown: unknown) => toast(asContractError(thrown).message),
      )
      .finally(() => {
        setBusy(false)
        setAsking(false)
      })
  }
  return (
    <div className="row">
      <span className="t2">{PHASE_WORDS[phase]}</span>
      <span className="sp" />
      {phase === 'rehearsal' ? <ActionButton label="Go live" onClick={() => setAsking(true)} /> : null}
      <Confirm open={asking} title="Go live" action="Go live now" busy={busy} onConfirm={goLive} onCancel={() => setAsking(false)}>
        From now on practice calls book practice jobs only, and everything else counts. This can’t be taken back.
      </Confirm>
    </div>
  )
}

/** The company itself: who it is, its hours and clocks, its terms, its accounts. */
export function CompanySection({ settings }: SectionProps) {
  const zones = useMemo(() => zoneOptions(), [])
  const { phase, ...initial } = settings.company
  const form = useRecordForm({
    record: 'company',
    initial,
    fields: ['name', 'zone', 'phone', 'email', 'addressLine1', 'city', 'state', 'postalCode', 'taxRounding', 'termsDays', 'ringLimitSeconds', 'lockAfterMinutes', 'opensAt', 'closesAt', 'invoiceFooter', 'booksClosedThrough'],
    send: (set) => api.command('company.change', { set }),
    said: 'Company saved',
  })
  const { accounts } = form.draft
  return (
    <RecordPanel page title="Company" form={form} action="Save the company">
      <Phase phase={phase} />
      <h3>Who you are</h3>
      <FormText form={form} field="name" label="Company name" required hint="As customers read it on an invoice." />
      <FieldRow>
        <FormText form={form} field="phone" label="Telephone" />
        <FormText form={form} field="email" label="Email" />
      </FieldRow>
      <FormText form={form} field="addressLine1" label="Street" />
      <FieldRow>
        <FormText form={form} field="city" label="City" grow={2} />
        <FormText form={form} field="state" label="State" maxLength={21} />
        <FormText form={form} field="postalCode" label="ZIP" maxLength={13} />
      </FieldRow>
      <h3>Hours and clocks</h3>
      <FieldRow>
        <FormChoice form={form} field="zone" label="Time zone" options={zones} required />
        <FormMinute form={form} field="opensAt" label="Opens" />
        <FormMinute form={form} field="closesAt" label="Closes" />
      </FieldRow>
      <FieldRow>
        <FormNumber form={form} field="ringLimitSeconds" label="Three rings are" unit="seconds" hint="A call answered later is not in time." />
        <FormNumber form={form} field="lockAfterMinutes" label="Lock when idle for" unit="minutes" />
      </FieldRow>
      <h3>Money</h3>
      <FieldRow>
        <FormNumber form={form} field="termsDays" label="Invoices are due after" unit="days" />
        <FormChoice form={form} field="taxRounding" label="Sales tax is rounded" options={ROUNDING} />
        <FormDay form={form} field="booksClosedThrough" label="Books closed through" hint="Nothing is dated on or before it." />
      </FieldRow>
      <FormText form={form} field="invoiceFooter" label="At the foot of every invoice" rows={2} maxLength={500} />
      <h3>Accounts in QuickBooks</h3>
      <p className="t2">Written exactly as the accountant’s chart has them. A batch with an empty one can’t be exported.</p>
      {LEDGER_ACCOUNTS.map((account) => (
        <TextInput key={account} label={ACCOUNT_NAMES[account]} value={accounts[account]} onChange={(name) => form.set('accounts', { ...accounts, [account]: name })} maxLength={159} error={form.errorOf(`accounts.${account}`)} tight />
      ))}
    </RecordPanel>
  )
}
