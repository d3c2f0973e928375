import { useState } from 'react'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { DISMISS_REASON_NAMES, LEAD_CHANNEL_NAMES } from '../../../shared/domain/leads/tables.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { Due, formatDue } from '../../components/Due.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { bookLead } from './bookLead.ts'
import { DismissForm, NoteForm, QualifyForm, ReopenForm, TryForm } from './LeadForms.tsx'
import classes from './leads.module.css'
import { callLead, LeadNumber } from './LeadNumber.tsx'
import { LeadStory } from './LeadStory.tsx'
import { LEAD_STATE_NAMES, placeWords, triesWords, wishedWindow } from './leadWords.ts'

type Form = 'try' | 'dismiss' | 'note' | 'qualify' | 'reopen'

const TITLES: Readonly<Record<Form, (name: string) => string>> = {
  try: (name) => `What came of trying to reach ${name}?`,
  dismiss: (name) => `Dismiss ${name}?`,
  note: (name) => `A note about ${name}`,
  qualify: (name) => `What qualifies ${name}`,
  reopen: (name) => `Open ${name} again`,
}

/** How many of those who may be meant have a key. */
const KEYED = 3

const said = (thrown: unknown): void => toast(asContractError(thrown).message)

function Candidates({ lead, book }: { readonly lead: LeadDetail; readonly book: (customerId: string | null) => void }) {
  if (lead.candidates.length === 0) return null
  return (
    <PanelSection title="May be on file">
      <ol className={classes['candidates']}>
        {lead.candidates.map(({ customerId, name, place, flag, why }, index) => (
          <li key={customerId} className={classes['candidate']}>
            <div>
              <p className="m el">
                <a href={routeHref({ area: 'customers', path: [customerId] })}>{name}</a>
                {flag === '' ? null : <span className="alert-t"> {flag}</span>}
              </p>
              <p className="t2 dense el">{[place, why.join(', ')].filter(Boolean).join('; ')}</p>
            </div>
            <ActionButton small label="Book for them" {...(index < KEYED ? { keys: String(index + 1) } : {})} onClick={() => book(customerId)} />
          </li>
        ))}
      </ol>
    </PanelSection>
  )
}

function Wish({ lead, today }: { readonly lead: LeadDetail; readonly today: string }) {
  const zone = useZone()
  const now = useNow()
  const place = placeWords(lead.address)
  const numbers = lead.phones.map(({ said: typed, number }) => <LeadNumber key={`${typed} ${number ?? ''}`} lead={lead} number={number ?? typed} />)
  return (
    <PanelSection>
      <Facts
        items={[
          { name: lead.phones.length > 1 ? 'Numbers' : 'Number', value: numbers.length === 0 ? '\u2013' : <span className={classes['numbers']}>{numbers}</span> },
          { name: 'Email', value: lead.email === '' ? '\u2013' : <a href={`mailto:${lead.email}`}>{lead.email}</a> },
          { name: 'Where', value: place || '\u2013' },
          { name: 'Wants', value: lead.jobTypeName ?? (lead.wish || '\u2013') },
          { name: 'Would suit', value: lead.windows.length === 0 ? '\u2013' : lead.windows.map((window) => wishedWindow(window, today)).join('; ') },
          { name: 'Came', value: `${LEAD_CHANNEL_NAMES[lead.channel]} of ${lead.sourceName}, ${formatDue(lead.receivedAt, now, zone)}` },
          { name: 'We see to it by', value: lead.dueAt === null ? '\u2013' : <Due dueAt={lead.dueAt} since={lead.lastAttemptAt ?? lead.receivedAt} /> },
          { name: 'Whose', value: lead.holder },
          { name: 'Tried', value: triesWords(lead) },
          ...(lead.campaign === '' ? [] : [{ name: 'Campaign', value: lead.campaign }]),
          ...(lead.dismissReason === null ? [] : [{ name: 'Dismissed', value: DISMISS_REASON_NAMES[lead.dismissReason] }]),
          ...(lead.customerId === null ? [] : [{ name: 'Customer', value: <a href={routeHref({ area: 'customers', path: [lead.customerId] })}>{lead.customerName}</a> }]),
          ...(lead.jobId === null ? [] : [{ name: 'Job', value: <a href={routeHref({ area: 'jobs', path: [lead.jobId] })}>{lead.jobNumber}</a> }]),
        ]}
      />
      {lead.subject === '' ? null : <p className="m">{lead.subject}</p>}
      {lead.words === '' ? null : (
        <p className={`${classes['words']} ${classes['letter']}`} dir="auto" tabIndex={0}>
          {lead.words}
        </p>
      )}
      {lead.files.length === 0 ? null : <p className="t2">Attached, in the mailbox: {lead.files.join(', ')}</p>}
    </PanelSection>
  )
}

function Answers({ lead }: { readonly lead: LeadDetail }) {
  const asked = new Map(lead.answers.map(({ key, question, answer }) => [key, { name: question, value: answer }]))
  const open = lead.questions.filter(({ key }) => !asked.has(key)).map(({ label }) => ({ name: label, value: '\u2013' }))
  const items = [...asked.values(), ...open, ...lead.details.map(({ label, value }) => ({ name: label, value }))]
  return items.length === 0 ? null : (
    <PanelSection title="Qualification">
      <Facts items={items} />
    </PanelSection>
  )
}

/** A lead in hand: who it may be, what they want, what was said, and every way to keep it, each with its key. */
export function LeadPanel({ lead, onSettled }: { readonly lead: LeadDetail; readonly onSettled: () => void }) {
  const { userId } = usePerson()
  const today = wallTimeOf(useNow(), useZone()).day
  const [form, setForm] = useState<Form | null>(null)
  const open = lead.state === 'new' || lead.state === 'accepted'
  const mine = lead.ownerId === userId
  // Booked before: they wrote again, and the booking stands.
  const booked = open && lead.customerId !== null
  const close = (): void => setForm(null)
  const call = (): void => void (lead.phone === null ? undefined : callLead(lead, lead.phone, userId))
  const settle = (): void => void api.command('lead.convert', { leadId: lead.leadId, customerId: lead.customerId ?? '', jobId: lead.jobId }).then(() => {
    toast(`${lead.name}: nothing more to do, the booking stands.`)
    onSettled()
  }, said)
  const book = (customerId: string | null): void => void bookLead(lead, customerId)
  const take = (): void => void api.command('lead.accept', { leadId: lead.leadId }).then(() => toast(`Yours now: ${lead.name}`), said)
  const closeChat = (): void => void api.command('lead.closeChat', { leadId: lead.leadId }).then(() => toast('The chat is closed. Book the lead, or dismiss it.'), said)
  const chatting = open && (lead.chat === 'waiting' || lead.chat === 'answered')
  useHotkeys(
    'Lead',
    [
      ...(lead.phone === null ? [] : [{ keys: 'L', label: 'Call the number', run: call }]),
      ...(open
        ? [
            { keys: 'B', label: booked ? 'Book another job' : 'Book it', run: () => book(null) },
            { keys: 'N', label: 'Not reached', run: () => setForm('try') },
            booked ? { keys: 'X', label: 'Nothing more to do', run: settle } : { keys: 'X', label: 'Dismiss', run: () => setForm('dismiss') },
            ...lead.candidates.slice(0, KEYED).map(({ customerId, name }, index) => ({ keys: String(index + 1), label: `Book for ${name}`, run: () => book(customerId) })),
            ...(mine ? [] : [{ keys: 'T', label: 'Take it', run: take }]),
            ...(lead.questions.length === 0 ? [] : [{ keys: 'Q', label: 'Qualify', run: () => setForm('qualify') }]),
            ...(chatting ? [{ keys: 'Z', label: 'Close the chat', run: closeChat }] : []),
          ]
        : []),
      ...(lead.state === 'dismissed' ? [{ keys: 'O', label: 'Open again', run: () => setForm('reopen') }] : []),
      { keys: 'M', label: 'Note', run: () => setForm('note') },
    ],
    { enabled: form === null },
  )
  const footer = open ? (
    <>
      <ActionButton kind="primary" label={booked ? 'Book another job' : 'Book it'} keys="B" onClick={() => book(null)} />
      {lead.phone === null ? null : <ActionButton kind="call" label="Call" keys="L" onClick={call} />}
      <ActionButton label="Not reached" keys="N" onClick={() => setForm('try')} />
      {booked ? <ActionButton kind="quiet" label="Nothing more to do" keys="X" onClick={settle} /> : <ActionButton kind="quiet" label="Dismiss" keys="X" onClick={() => setForm('dismiss')} />}
    </>
  ) : lead.state === 'dismissed' ? (
    <ActionButton label="Open again" keys="O" onClick={() => setForm('reopen')} />
  ) : undefined
  return (
    <DetailPanel wide label="Lead" title={lead.name} aside={<PlainChip>{LEAD_STATE_NAMES[lead.state]}</PlainChip>} {...(footer ? { footer } : {})}>
      {open ? (
        <PanelSection>
          <div className="row">
            {mine ? <span className="t2">Yours</span> : <ActionButton small kind="quiet" label="Take it" keys="T" onClick={take} />}
            {lead.questions.length === 0 ? null : <ActionButton small kind="quiet" label="Qualify" keys="Q" onClick={() => setForm('qualify')} />}
            <ActionButton small kind="quiet" label="Note" keys="M" onClick={() => setForm('note')} />
            {chatting ? <ActionButton small kind="quiet" label="Close the chat" keys="Z" onClick={closeChat} /> : null}
          </div>
        </PanelSection>
      ) : null}
      {open ? <Candidates lead={lead} book={book} /> : null}
      <Wish lead={lead} today={today} />
      <Answers lead={lead} />
      <LeadStory lead={lead} />
      <DialogFrame open={form !== null} title={form === null ? '' : TITLES[form](lead.name)} onClose={close}>
        {form === 'try' ? <TryForm lead={lead} onClose={close} onDone={() => undefined} /> : null}
        {form === 'dismiss' ? <DismissForm lead={lead} onClose={close} onDone={onSettled} /> : null}
        {form === 'note' ? <NoteForm lead={lead} onClose={close} onDone={() => undefined} /> : null}
        {form === 'qualify' ? <QualifyForm lead={lead} onClose={close} onDone={() => undefined} /> : null}
        {form === 'reopen' ? <ReopenForm lead={lead} onClose={close} onDone={onSettled} /> : null}
      </DialogFrame>
    </DetailPanel>
  )
}
