import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { navigate } from '../../stores/route.ts'
import { companyStarted } from '../../stores/session.ts'
import { WholePage } from '../shell/StartPages.tsx'
import { ownZone, zoneOptions } from './zones.ts'
import classes from './welcome.module.css'

type FieldName = 'companyName' | 'zone' | 'ownerName' | 'pin' | 'again'
type Draft = Readonly<Record<FieldName, string>>
type Gaps = Readonly<Partial<Record<FieldName, string>>>

const ORDER: readonly FieldName[] = ['companyName', 'zone', 'ownerName', 'pin', 'again']

/** What is still missing, in words, by field. */
function gapsOf(draft: Draft): Gaps {
  return {
    ...(draft.companyName.trim() === '' ? { companyName: 'Type your company\u2019s name.' } : draft.companyName.trim().length > 120 ? { companyName: 'The name is longer than 120 characters.' } : {}),
    ...(draft.zone === '' ? { zone: 'Choose the time zone your office works in.' } : {}),
    ...(draft.ownerName.trim() === '' ? { ownerName: 'Type your name.' } : draft.ownerName.trim().length > 80 ? { ownerName: 'The name is longer than 80 characters.' } : {}),
    ...(/^\d{4,8}$/.test(draft.pin) ? {} : { pin: 'A PIN is four to eight digits.' }),
    ...(draft.again === draft.pin ? {} : { again: 'The two PINs differ.' }),
  }
}

/** A company of one's own: its name, its time zone, its owner. */
export function SetUpForm({ thenImport, onBack }: { readonly thenImport: boolean; readonly onBack: () => void }) {
  const zones = useMemo(() => zoneOptions(), [])
  const [draft, setDraft] = useState<Draft>(() => ({ companyName: '', zone: ownZone(zones) ?? '', ownerName: '', pin: '', again: '' }))
  const [gaps, setGaps] = useState<Gaps>({})
  const [error, setError] = useState<ContractError | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  const change = (field: FieldName) => (value: string) => {
    setDraft((before) => ({ ...before, [field]: value }))
    setGaps(({ [field]: _mended, ...rest }) => rest)
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const found = gapsOf(draft)
    setGaps(found)
    const first = ORDER.findIndex((field) => found[field] !== undefined)
    if (first !== -1) return form.current?.querySelectorAll('input')[first]?.focus()
    setBusy(true)
    setError(null)
    try {
      await api.action('company.setUp', { companyName: draft.companyName.trim(), zone: draft.zone, ownerName: draft.ownerName.trim(), pin: draft.pin })
      if (thenImport) navigate({ area: 'import' }, { replace: true })
      companyStarted()
    } catch (thrown) {
      setError(asContractError(thrown))
      setBusy(false)
    }
  }

  return (
    <WholePage label="Set up your company">
      <h1 className="h1">Set up your company</h1>
      {thenImport ? <p className="t2">The imported customers go into your company, so it comes first. The file is next.</p> : null}
      <form ref={form} className={classes['form']} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput label="Company name" value={draft.companyName} onChange={change('companyName')} error={gaps.companyName} autoFocus required />
        <Choice label="Time zone" options={zones} value={draft.zone || null} onChange={change('zone')} error={gaps.zone} required placeholder="Type a city or Eastern, Central, Mountain, Pacific" />
        <TextInput label="Your name" value={draft.ownerName} onChange={change('ownerName')} error={gaps.ownerName} hint="You become the owner: you may do everything and add others." required />
        <div className={classes['pins']}>
          <TextInput label="PIN" type="password" inputMode="numeric" value={draft.pin} maxLength={8} onChange={change('pin')} error={gaps.pin} hint="Four to eight digits." required />
          <TextInput label="PIN again" type="password" inputMode="numeric" value={draft.again} maxLength={8} onChange={change('again')} error={gaps.again} required />
        </div>
        <ErrorNotice error={error} />
        <div className="row">
          <ActionButton type="submit" kind="primary" label={thenImport ? 'Set up, then choose the file' : 'Set up the company'} keys="Enter" busy={busy} onClick={() => undefined} />
          <ActionButton label="Back" keys="Escape" onClick={onBack} />
        </div>
      </form>
    </WholePage>
  )
}
