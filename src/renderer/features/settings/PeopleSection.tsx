import { useState } from 'react'
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { FormText, Switch } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Person = OutputOf<'people.list'>['people'][number]
type Presence = Person['presence']

const PRESENCE_WORDS: Readonly<Record<Presence, string>> = { active: 'Here', away: 'Away', left: 'Left the company' }

/** A new PIN, at once and apart from the rest of the form: it is never kept as a draft. */
function PinPart({ userId, name, hasPin }: { readonly userId: string; readonly name: string; readonly hasPin: boolean }) {
  const [pin, setPin] = useState('')
  const [error, setError] = useState<string | null>(null)
  const give = (): void => {
    setError(null)
    if (!/^\d{4,8}$/.test(pin)) return setError('A PIN is four to eight digits.')
    api.action('people.setPin', { userId, pin }).then(
      () => {
        setPin('')
        toast(`${name} has a new PIN`)
      },
      (thrown: unknown) => setError(asContractError(thrown).message),
    )
  }
  return (
    <fieldset className={classes['part']}>
      <legend className={classes['legend']}>{hasPin ? 'Signs in with a PIN' : 'Has no PIN yet and can\u2019t sign in'}</legend>
      <div className={classes['rowFields']}>
        <TextInput
          label="New PIN"
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={8}
          value={pin}
          error={error}
          hint="Four to eight digits. Only a hash of it is kept."
          onChange={setPin}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            give()
          }}
        />
        <span className={classes['fixed']}>
          <ActionButton label="Give this PIN" onClick={give} />
        </span>
      </div>
    </fieldset>
  )
}

interface PersonDraft {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly presence: Presence
  readonly coverUserId: string | null
}

function PersonForm({ person, initial, people, onSaved }: { readonly person: Person | undefined; readonly initial: PersonDraft; readonly people: readonly Person[]; readonly onSaved: (id: string) => void }) {
  const me = usePerson()
  const form = useRecordForm({
    record: `people/${initial.id}`,
    initial,
    fields: ['name', 'roles', 'presence', 'coverUserId'],
    send: ({ id, name, roles, presence, coverUserId }) =>
      person ? api.command('user.change', { userId: id, set: { name, roles: [...roles], presence, coverUserId } }) : api.command('user.add', { id, name, roles: [...roles] }),
    said: person ? 'Person saved' : 'Person added. Give them a PIN so that they can sign in.',
    onSaved: () => onSaved(initial.id),
  })
  const { roles, presence, coverUserId } = form.draft
  const covers = people.filter((candidate) => candidate.userId !== initial.id && candidate.presence !== 'left')
  const toggle = (role: Role, on: boolean): void => form.set('roles', on ? ROLES.filter((candidate) => candidate === role || roles.includes(candidate)) : roles.filter((candidate) => candidate !== role))
  return (
    <RecordPanel title={person ? person.name : 'New person'} form={form} action={person ? 'Save the person' : 'Add the person'}>
      <FormText form={form} field="name" label="Name" required maxLength={80} />
      <fieldset>
        <legend className={classes['legend']}>Roles: what they may do, and whose promises they hold</legend>
        <div className={classes['checks']}>
          {ROLES.map((role) => (
            <Switch key={role} label={ROLE_NAMES[role]} checked={roles.includes(role)} onChange={(on) => toggle(role, on)} />
          ))}
        </div>
        <ErrorNotice error={form.errorOf('roles') === null ? null : { message: form.errorOf('roles') ?? '' }} />
      </fieldset>
      {person ? (
        <>
          <div>
            <p className={classes['legend']}>Presence</p>
            <SegmentedControl label="Presence" value={presence} segments={(['active', 'away', 'left'] as const).map((value) => ({ value, label: PRESENCE_WORDS[value] }))} onChange={(value) => form.set('presence', value)} />
          </div>
          <Choice
            label="Cover"
            options={covers.map((candidate) => ({ value: candidate.userId, label: candidate.name, detail: PRESENCE_WORDS[candidate.presence] }))}
            value={coverUserId}
            onChange={(value) => form.set('coverUserId', value)}
            onClear={() => form.set('coverUserId', null)}
            error={form.errorOf('coverUserId')}
            placeholder="Nobody: the role takes over"
            hint="Holds this person’s promises while they are away. They come back with the person."
          />
          <PinPart userId={person.userId} name={person.userId === me.userId ? 'You' : person.name} hasPin={person.hasPin} />
        </>
      ) : null}
    </RecordPanel>
  )
}

/** Who works in the office: roles, who is there, who covers, and PINs. */
export function PeopleSection({ selected }: SectionProps) {
  const { data, error, refetch } = useQuery('people.list', {})
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  const rows = data.people.map((person) => ({ ...person, id: person.userId }))
  const nameOf = (userId: string | null): string => data.people.find((person) => person.userId === userId)?.name ?? ''
  return (
    <SettingsList
      section="people"
      title="People and PINs"
      detail={`${rows.filter((person) => person.presence !== 'left').length} in the office`}
      add="Add a person"
      rows={rows}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', width: 'minmax(0, 1fr)', strong: true, cell: ({ name }) => name },
        { key: 'roles', header: 'Roles', width: 'minmax(0, 1.6fr)', quiet: true, cell: ({ roles }) => roles.map((role) => ROLE_NAMES[role]).join(', ') },
        {
          key: 'presence',
          header: 'Presence',
          width: '120px',
          cell: ({ presence }) => (
            <span className="row">
              <StateGlyph state={presence === 'active' ? 'working' : presence === 'away' ? 'hold' : 'canceled'} {...(presence === 'active' ? { className: 'good-t' } : {})} />
              {PRESENCE_WORDS[presence]}
            </span>
          ),
        },
        { key: 'cover', header: 'Cover', width: 'minmax(0, 0.8fr)', quiet: true, cell: ({ coverUserId }) => nameOf(coverUserId) || '\u2013' },
        { key: 'held', header: 'Holds', width: '56px', align: 'right', cell: ({ holding }) => holding },
        { key: 'pin', header: 'PIN', width: '48px', cell: ({ hasPin }) => (hasPin ? 'Yes' : <span className="hold-t b">No</span>) },
      ]}
      form={(row, id, done) => (
        <PersonForm
          key={row?.id ?? id}
          person={row}
          people={data.people}
          onSaved={done}
          initial={row ? { id: row.userId, name: row.name, roles: row.roles, presence: row.presence, coverUserId: row.coverUserId } : { id, name: '', roles: ['inboundCsr'], presence: 'active', coverUserId: null }}
        />
      )}
    />
  )
}
