import { useLayoutEffect, useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { formatDue } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import classes from './leads.module.css'
import { ENTRY_NAMES } from './leadWords.ts'

/** The answer to a visitor, in the room below what was said. */
function Answer({ lead }: { readonly lead: LeadDetail }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { run, busy, error } = useAction()
  const send = (): void => {
    if (text.trim() === '') return
    void run(async () => {
      await api.command('lead.answerChat', { entryId: newId(), leadId: lead.leadId, text })
      setText('')
    })
  }
  useHotkeys('Chat', [{ keys: 'A', label: 'Answer the chat', run: () => field.current?.focus() }])
  return (
    <form
      aria-label="Answer the chat"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput label="Your answer" hint="Enter sends it; the visitor sees it within seconds." value={text} onChange={setText} inputRef={field} maxLength={4000} end={<ActionButton small kind="quiet" type="submit" label="Send" keys="Enter" busy={busy} onClick={() => undefined} />} />
      {error ? <ErrorNotice error={error} /> : null}
    </form>
  )
}

/** What was said and done, the newest last; a chat is answered here. */
export function LeadStory({ lead }: { readonly lead: LeadDetail }) {
  const zone = useZone()
  const now = useNow()
  const end = useRef<HTMLOListElement>(null)
  const count = lead.entries.length
  useLayoutEffect(() => {
    const list = end.current
    if (list) list.scrollTop = list.scrollHeight
  }, [count])
  const chatting = lead.chat === 'waiting' || lead.chat === 'answered'
  if (count === 0 && !chatting) return null
  return (
    <PanelSection title={lead.chat === 'none' ? 'What was done' : 'Chat'}>
      <ol ref={end} className={classes['story']} tabIndex={0} aria-label="What was said and done">
        {lead.entries.map(({ id, kind, at, by, ours, body }) => (
          <li key={id} className={[classes['entry'], kind === 'said' ? classes['theirs'] : '', kind === 'answer' && ours ? classes['ours'] : ''].join(' ')}>
            <span className="t3 dense">
              {by} {ENTRY_NAMES[kind]}, {formatDue(at, now, zone)}
            </span>
            {body === '' ? null : (
              <p className={classes['words']} dir="auto">
                {body}
              </p>
            )}
          </li>
        ))}
      </ol>
      {chatting ? <Answer lead={lead} /> : null}
    </PanelSection>
  )
}
