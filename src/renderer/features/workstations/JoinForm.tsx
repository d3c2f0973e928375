import { type FormEvent, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import classes from './workstations.module.css'

type Seen = OutputOf<'hub.look'>

const count = new Intl.NumberFormat('en-US')

const customersWords = (customers: number): string => `${count.format(customers)} ${customers === 1 ? 'customer' : 'customers'}`

/** What enrolling did: founded the company at the hub, joined one, or goes on with the one that was here. */
export type Enrolled = 'found' | 'join' | 'again'

const enrolledAs = ({ mode, own }: Seen): Enrolled => (mode === 'join' && own !== null && own.keptAs === null ? 'again' : mode)

/** What enrolling would do, before it is done. An empty store can't found a company: the code is refused then. */
function Consequences({ seen }: { readonly seen: Seen }) {
  const { address, mode, companyName, own } = seen
  const office = companyName ?? 'the company'
  if (mode === 'found') {
    return (
      <>
        <p className="m">{own?.companyName ?? office} becomes the company at {address}.</p>
        <p>{own === null ? 'Everything here' : `Its ${customersWords(own.customers)} and everything else here`} goes up to the hub and stays here too. The other workstations join it.</p>
      </>
    )
  }
  if (enrolledAs(seen) === 'again') {
    return (
      <>
        <p className="m">This workstation goes on with {office} at {address}.</p>
        <p>What is here stays. What the hub has not heard of yet goes up, and what the others did meanwhile comes down.</p>
      </>
    )
  }
  return (
    <>
      <p className="m">This workstation joins {office} at {address}.</p>
      {own === null ? (
        <p>Nothing is in this workstation yet, so nothing is replaced.</p>
      ) : (
        <p>
          {own.companyName} with its {customersWords(own.customers)} is not sent and not lost: it is kept aside in Baton’s data folder as <b className="m">{own.keptAs}</b>.
        </p>
      )}
    </>
  )
}

export interface JoinFormProps {
  /** After the hub has taken this workstation in. */
  readonly onEnrolled: (what: Enrolled) => void
  /** What it was called before. */
  readonly formerName?: string | null
  readonly onBack?: () => void
}

/** The code from the hub, a look at what it leads to, a name, and in. It works before anybody has signed in. */
export function JoinForm({ onEnrolled, formerName, onBack }: JoinFormProps) {
  const [code, setCode] = useState('')
  const [name, setName] = useState(formerName ?? '')
  const [seen, setSeen] = useState<Seen | null>(null)
  const [gap, setGap] = useState<{ readonly field: 'code' | 'name'; readonly message: string } | null>(null)
  const looking = useAction()
  const enrolling = useAction()
  const codeField = useRef<HTMLInputElement>(null)
  const nameField = useRef<HTMLInputElement>(null)

  const miss = (field: 'code' | 'name', message: string): void => {
    setGap({ field, message })
    ;(field === 'code' ? codeField : nameField).current?.focus()
  }

  const look = async (): Promise<void> => {
    if (code.trim() === '') return miss('code', 'Paste the code that the hub or another workstation shows.')
    const asked = code.trim()
    const found = await looking.run(async () => {
      try {
        const answer = await api.action('hub.look', { code: asked })
        setSeen(answer)
        requestAnimationFrame(() => nameField.current?.focus())
      } catch (thrown) {
        miss('code', asContractError(thrown).message)
        throw thrown
      }
    })
    if (!found) setSeen(null)
  }

  const enrol = async (): Promise<void> => {
    if (seen === null) return look()
    if (name.trim() === '') return miss('name', 'Name this workstation, so that people know which one it is.')
    await enrolling.run(async () => {
      try {
        await api.action('hub.enrol', { code: code.trim(), name: name.trim() })
      } catch (thrown) {
        const { field, message } = asContractError(thrown)
        if (field === 'code' || field === 'name') miss(field, message)
        throw thrown
      }
      onEnrolled(enrolledAs(seen))
    })
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void enrol()
  }

  const { error } = enrolling
  return (
    <form className={classes['form']} onSubmit={submit} aria-label="Join an office" noValidate>
      <TextInput
        label="Code"
        value={code}
        autoFocus
        required
        maxLength={400}
        inputRef={codeField}
        error={gap?.field === 'code' ? gap.message : null}
        hint="The hub prints one when it starts; an owner makes more in Settings, Hub."
        onChange={(next) => {
          setCode(next)
          setSeen(null)
          setGap(null)
        }}
      />
      <div className={classes['seen']} aria-live="polite">
        {seen ? <Consequences seen={seen} /> : <p className="t2">{looking.busy ? 'Asking the hub\u2026' : 'Here you see what the code leads to, before anything changes.'}</p>}
      </div>
      <TextInput
        label="Name of this workstation"
        value={name}
        required
        maxLength={60}
        inputRef={nameField}
        error={gap?.field === 'name' ? gap.message : null}
        hint="As people will read it: Front desk 2."
        onChange={(next) => {
          setName(next)
          setGap(null)
        }}
      />
      <ErrorNotice error={error && error.field !== 'code' && error.field !== 'name' ? error : null} />
      <div className="row">
        {seen ? (
          <ActionButton type="submit" kind="primary" label="Enrol this workstation" keys="Enter" busy={enrolling.busy} onClick={() => undefined} />
        ) : (
          <ActionButton type="submit" kind="primary" label="Look" keys="Enter" busy={looking.busy} onClick={() => undefined} />
        )}
        {onBack ? <ActionButton label="Back" keys="Escape" onClick={onBack} /> : null}
      </div>
    </form>
  )
}
