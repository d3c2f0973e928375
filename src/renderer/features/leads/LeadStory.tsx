import { useLayoutEffect, useRef, useState } from 'react'
import type { LeadDetail } from '../../../shared/contract/methods/leads.ts'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { formatDue } from '../../components/Due.tsx'
import { useNow } from '../../stores/clock.ts'
import { useChatAnswersStore } from '../../stores/chatAnswers.ts'
import { useZone } from '../../stores/session.ts'
import { ChatAnswer } from './ChatAnswer.tsx'
import classes from './leads.module.css'
import { ENTRY_NAMES } from './leadWords.ts'

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
  const unsettled = lead.state === 'new' || lead.state === 'accepted'
  const chatting = unsettled && (lead.chat === 'waiting' || lead.chat === 'answered')
  const typed = useChatAnswersStore(({ answers }) => answers[lead.leadId] !== undefined)
  // Once it was there it stays as long as somebody may be typing in it.
  const [answerable, setAnswerable] = useState(false)
  if (chatting && !answerable) setAnswerable(true)
  const answers = lead.chat !== 'none' && (unsettled || typed || answerable)
  if (count === 0 && !answers) return null
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
      {answers ? <ChatAnswer lead={lead} open={chatting} /> : null}
    </PanelSection>
  )
}
