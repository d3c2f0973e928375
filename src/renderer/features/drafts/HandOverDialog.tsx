import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useState } from 'react'
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/people/permissions.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { Confirm, DialogFrame } from '../../components/Confirm.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { dropDraft, useBookingStore } from '../../stores/booking.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { currentPin } from '../../stores/callPin.ts'
import { navigate } from '../../stores/route.ts'
import { useNow } from '../../stores/clock.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { doingSentence } from '../phoneOffice/statusWords.ts'
import { useColleagues } from '../phoneOffice/useColleagues.ts'
import { scriptOf } from '../scripts/draftScript.ts'
import { draftAbout, draftTarget, draftWho, listedDrafts, nextDraft } from './draftList.ts'
import classes from './drafts.module.css'
import { closeDraftDialogs, useHandedStore } from './handedStore.ts'
import { handOver, putThrough } from './handing.ts'

type ToValue = `person:${string}` | `role:${Role}`

/** Those who are here, the ones who answer the telephone first, then the roles that somebody here has. */
function useReceivers(userId: string): readonly Option<ToValue>[] {
  // The status in the top bar has asked already: quick typists' letters find the names at once.
  const colleagues = useColleagues()
  const now = useNow()
  const here = colleagues.filter((person) => person.active && person.userId !== userId)
  const answers = (roles: readonly Role[]): number => (roles.includes('inboundCsr') ? 0 : 1)
  const staffed = ROLES.filter((role) => here.some((person) => person.roles.includes(role)))
  return [
    ...here
      .toSorted((left, right) => answers(left.roles) - answers(right.roles) || left.name.localeCompare(right.name))
      .map((person): Option<ToValue> => ({
        value: `person:${person.userId}`,
        label: person.name,
        detail: `${doingSentence(person, now)}. ${person.roles.map((role) => ROLE_NAMES[role]).join(', ')}`,
        muted: !person.free,
      })),
    ...staffed.map((role): Option<ToValue> => ({ value: `role:${role}`, label: ROLE_NAMES[role], detail: 'whoever takes it first' })),
  ]
}

/** Goes to the draft that is left, else to the calls. */
function goOn(key: string): void {
  // The dialog takes a moment to close, and a form leaves the cursor to a dialog that has it: so this one lets go first.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  const next = nextDraft(listedDrafts(useBookingStore.getState().drafts, null, new Set()), key)
  navigate(next ? draftTarget(next) : { area: 'calls' }, { replace: true })
}

function HandOverForm({ draftKey }: { readonly draftKey: string }) {
  const { userId } = usePerson()
  const draft = useBookingStore((store) => store.drafts[draftKey])
  const call = useCallsStore((store) => store.calls.find((heard) => heard.call.callId === draft?.callId)?.call ?? null)
  const options = useReceivers(userId)
  const [to, setTo] = useState<ToValue | null>(null)
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const [through, setThrough] = useState(true)
  const { run, busy, error } = useAction()
  const canGo = call !== null && isMine(call, userId) && call.transfer === null
  const who = draft ? draftWho(draft, call) : ''
  const pin = currentPin(draftKey)
  const send = (): void => {
    if (to === null) return setMissing('Say who goes on with it.')
    const [kind, id = ''] = to.split(':', 2)
    const name = options.find(({ value }) => value === to)?.label ?? 'a colleague'
    void run(async () => {
      await handOver(draftKey, who, { toUserId: kind === 'person' ? id : null, toRole: kind === 'role' ? (ROLES.find((role) => role === id) ?? null) : null }, note)
      closeDraftDialogs()
      if (canGo && through && kind === 'person') await putThrough(call.callId, { userId: id, name }, who)
      else toast(`Handed to ${name}, with everything typed. Alt+P takes it back until somebody goes on with it.`)
      goOn(draftKey)
    })
  }
  useHotkeys('Hand over', [{ keys: 'Ctrl+Enter', label: 'Hand it over', run: send }])
  const toRole = to?.startsWith('role:') ?? false
  if (!draft) return null
  return (
    <form
      className={classes['form']}
      aria-label="Hand over"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p>
        <b className="m">{who}</b>
        <span className="t2">{`: ${draftAbout(draft, pin ? scriptOf(draft, pin).content : undefined)}`}</span>
      </p>
      <Choice
        label="Who goes on with it"
        autoFocus
        options={options}
        value={to}
        onChange={(value) => {
          setMissing(null)
          setTo(value)
        }}
        placeholder="A name or a role"
        error={missing ?? undefined}
      />
      <TextInput label="What they should know" rows={2} value={note} onChange={setNote} />
      {canGo ? (
        <>
          <FormControlLabel
            control={<Checkbox size="small" checked={through && !toRole} disabled={toRole} onChange={(_event, on) => setThrough(on)} />}
            label="Put the caller through as well"
          />
          <p className="t2">
            {toRole
              ? 'A role has no telephone of its own: the caller stays with you, until you choose a person or say that somebody rings back.'
              : through
                ? 'Their telephone rings. Nobody there within three rings, and the caller is back with you.'
                : 'The caller stays with you.'}
          </p>
        </>
      ) : null}
      {error ? <ErrorNotice error={error} /> : null}
      <div className={classes['buttons']}>
        <ActionButton kind="primary" type="submit" label="Hand it over" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Keep it" keys="Escape" onClick={closeDraftDialogs} />
      </div>
    </form>
  )
}

/** The two questions about a draft: who goes on with it, and whether it is to go. */
export function DraftDialogs() {
  const { handing, dropping } = useHandedStore()
  const gone = useBookingStore((store) => (dropping === null ? undefined : store.drafts[dropping]))
  return (
    <>
      <DialogFrame open={handing !== null} title="Hand this over" width="sm" onClose={closeDraftDialogs}>
        {handing === null ? null : <HandOverForm key={handing} draftKey={handing} />}
      </DialogFrame>
      <Confirm
        open={dropping !== null}
        title="Give this draft up?"
        action="Give it up"
        onConfirm={() => {
          if (dropping === null) return
          dropDraft(dropping)
          closeDraftDialogs()
          goOn(dropping)
        }}
        onCancel={closeDraftDialogs}
      >
        {gone ? `What was typed about ${draftWho(gone, null)} is thrown away: ${draftAbout(gone)}. The call itself stays in the log.` : ''}
      </Confirm>
    </>
  )
}
