import { type FocusEvent, useRef, useState } from 'react'
import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { answerAnew, answerSent, typeAnswer, useChatAnswersStore } from '../../stores/chatAnswers.ts'
import classes from './leads.module.css'
import { LeadNumber } from './LeadNumber.tsx'
import { chatEnd } from './leadWords.ts'

const CAN = 'Enter sends it; the visitor sees it within seconds.'
const CANNOT = 'Your words are kept here. If they write again, Enter sends them.'

/** That nothing can be said in the chat any more, and how they are reached instead. */
function ChatEnded({ lead, text }: { readonly lead: LeadDetail; readonly text: string }) {
  const mail = lead.email === '' ? null : <a href={`mailto:${lead.email}${text === '' ? '' : `?body=${encodeURIComponent(text)}`}`}>{lead.email}</a>
  const number = lead.phone === null ? null : <LeadNumber lead={lead} number={lead.phone} />
  return (
    <p className={classes['ended']} role="status">
      {chatEnd(lead)}{' '}
      {mail === null && number === null ? (
        'They left neither a number nor an address, so no answer reaches them unless they write again.'
      ) : (
        <>
          An answer can go {mail === null ? null : <>by email to {mail}</>}
          {mail !== null && number !== null ? ' or ' : null}
          {number === null ? null : <>by telephone at {number}</>}.
        </>
      )}
    </p>
  )
}

/**
 * The answer to a visitor, in the room below what was said. Who is typing when the visitor leaves keeps field and words: the
 * next letters are theirs and no commands.
 * @param open nobody has settled the lead, and its chat is not closed
 */
export function ChatAnswer({ lead, open }: { readonly lead: LeadDetail; readonly open: boolean }) {
  const { leadId } = lead
  const draft = useChatAnswersStore(({ answers }) => answers[leadId])
  const [within, setWithin] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { run, busy, error } = useAction()
  const text = draft?.text ?? ''
  const send = (): void => {
    if (!draft || text.trim() === '' || !open) return
    void run(async () => {
      try {
        await api.command('lead.answerChat', { entryId: draft.entryId, leadId, text })
      } catch (thrown) {
        if (asContractError(thrown).code === 'lead.said') answerAnew(leadId, draft)
        throw thrown
      }
      answerSent(leadId, draft)
    })
  }
  useHotkeys('Chat', [{ keys: 'A', label: 'Answer the chat', run: () => field.current?.focus() }], { enabled: open })
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLFormElement>): void => {
    if (!currentTarget.contains(relatedTarget)) setWithin(false)
  }
  if (!open && text === '' && !within) return <ChatEnded lead={lead} text="" />
  return (
    <form
      aria-label="Answer the chat"
      onFocus={() => setWithin(true)}
      onBlur={leave}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {open ? null : <ChatEnded lead={lead} text={text} />}
      <TextInput
        label="Your answer"
        hint={open ? CAN : CANNOT}
        value={text}
        onChange={(typed) => typeAnswer(leadId, typed)}
        inputRef={field}
        maxLength={4000}
        end={open ? <ActionButton small kind="quiet" type="submit" label="Send" keys="Enter" busy={busy} onClick={() => undefined} /> : <ActionButton small kind="quiet" label="Throw away" onClick={() => typeAnswer(leadId, '')} />}
      />
      {error ? <ErrorNotice error={error} /> : null}
    </form>
  )
}
