import { useState } from 'react'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { FormSwitch, FormText } from './formFields.tsx'
import { formatRate, parseRate } from './rates.ts'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type TaxZone = OutputOf<'settings.get'>['taxZones'][number]

/** A tax rate in percent. What can't be read stays as typed and is said. */
function RateInput({ value, onChange }: { readonly value: number; readonly onChange: (rate: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const readable = typed === null || parseRate(typed) !== undefined
  return (
    <TextInput
      label="Rate"
      align="right"
      inputMode="decimal"
      value={typed ?? formatRate(value)}
      end={<span className="t3">%</span>}
      error={readable ? null : 'Write a rate like 6.875.'}
      onChange={(next) => {
        setTyped(next)
        const rate = parseRate(next)
        if (rate !== undefined) onChange(rate)
      }}
      onBlur={() => (readable ? setTyped(null) : undefined)}
    />
  )
}

function TaxZoneForm({ initial, isNew, onSaved }: { readonly initial: TaxZone; readonly isNew: boolean; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm({
    record: `taxZones/${initial.id}`,
    initial,
    fields: ['name', 'jurisdictions'],
    send: ({ id, name, jurisdictions, active }) => api.command('taxZone.save', { id, name, jurisdictions, active }),
    said: 'Tax zone saved',
    onSaved: () => onSaved(initial.id),
  })
  const { jurisdictions } = form.draft
  const wrong = form.errorOf('jurisdictions')
  const put = (index: number, next: Partial<TaxZone['jurisdictions'][number]>): void =>
    form.set('jurisdictions', jurisdictions.map((jurisdiction, place) => (place === index ? { ...jurisdiction, ...next } : jurisdiction)))
  return (
    <RecordPanel title={isNew ? 'New tax zone' : initial.name} form={form} action="Save the tax zone">
      <FormText form={form} field="name" label="Name" required maxLength={60} />
      <fieldset>
        <legend className={classes['legend']}>Taxes that add up here: {formatRate(jurisdictions.reduce((sum, { rate }) => sum + rate, 0))}% in all</legend>
        {jurisdictions.map((jurisdiction, index) => (
          // The lines have no identity of their own: their place is what they are.
          <div key={index} className={classes['rowFields']}>
            <TextInput label="Jurisdiction" value={jurisdiction.name} onChange={(name) => put(index, { name })} maxLength={31} grow={2} />
            <RateInput value={jurisdiction.rate} onChange={(rate) => put(index, { rate })} />
            <span className={classes['fixed']}>
              <ActionButton kind="quiet" label="Remove" onClick={() => form.set('jurisdictions', jurisdictions.filter((_other, place) => place !== index))} />
            </span>
          </div>
        ))}
        <ErrorNotice error={wrong === null ? null : { message: wrong }} />
        <ActionButton small icon="plus" label="Add a jurisdiction" onClick={() => form.set('jurisdictions', [...jurisdictions, { name: '', rate: 0 }])} />
      </fieldset>
      <p className="t2">Final invoices keep the rates they were made with.</p>
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

export function TaxZonesSection({ settings, selected }: SectionProps) {
  return (
    <SettingsList
      section="taxZones"
      title="Tax zones"
      detail="the sales taxes that add up at a place"
      add="Add a tax zone"
      rows={settings.taxZones}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
        { key: 'parts', header: 'Jurisdictions', quiet: true, cell: ({ jurisdictions }) => jurisdictions.map(({ name }) => name).join(', ') || '\u2013' },
        { key: 'rate', header: 'Rate', width: '88px', align: 'right', cell: ({ jurisdictions }) => `${formatRate(jurisdictions.reduce((sum, { rate }) => sum + rate, 0))}%` },
        inUse(),
      ]}
      form={(row, id, done) => <TaxZoneForm key={row?.id ?? id} isNew={!row} onSaved={done} initial={row ?? { id, name: '', jurisdictions: [{ name: '', rate: 0 }], active: true }} />}
    />
  )
}
