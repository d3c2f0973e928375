import { create } from 'zustand'
import { newId } from '../../shared/base/id.ts'

/** An answer to a chat as it is typed. */
export interface ChatAnswer {
  readonly text: string
  /** Made with the draft: sent once more after a lost reply, it is the same answer. */
  readonly entryId: string
}

interface ChatAnswers {
  readonly answers: Readonly<Record<string, ChatAnswer>>
}

/** By lead: what was typed stays though another lead is looked at, the visitor leaves, or a colleague settles it. */
export const useChatAnswersStore = create<ChatAnswers>(() => ({ answers: {} }))

function put(leadId: string, answer: ChatAnswer | null): void {
  const { [leadId]: _before, ...others } = useChatAnswersStore.getState().answers
  useChatAnswersStore.setState({ answers: answer === null ? others : { ...others, [leadId]: answer } })
}

export function typeAnswer(leadId: string, text: string): void {
  const before = useChatAnswersStore.getState().answers[leadId]
  put(leadId, text === '' ? null : { text, entryId: before?.entryId ?? newId() })
}

/** It went out: what was typed on meanwhile is another answer. */
export function answerSent(leadId: string, sent: ChatAnswer): void {
  const now = useChatAnswersStore.getState().answers[leadId]
  if (now?.entryId !== sent.entryId) return
  const rest = now.text.startsWith(sent.text) ? now.text.slice(sent.text.length).trimStart() : now.text
  put(leadId, rest === '' ? null : { text: rest, entryId: newId() })
}

/** Other words went out under it before: what stands in the field now is an answer of its own. */
export function answerAnew(leadId: string, { text }: ChatAnswer): void {
  put(leadId, { text, entryId: newId() })
}
