import { DAY } from '../../../shared/base/time.ts'
import type { HandedDraftItem } from '../../../shared/contract/methods/drafts.ts'
import type { draftsMethods } from '../../../shared/contract/methods/drafts.ts'
import { type HandedDraft, handedDraftTable } from '../../../shared/domain/drafts/tables.ts'
import { withoutPrices } from '../../../shared/domain/drafts/prices.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Asked, Implementation, Services } from '../../core/service.ts'

/** A draft nobody came back to for this long will not be booked any more. */
const KEPT_FOR = 14 * DAY

/** Whoever typed it may have seen prices that the reader must not. */
const shownBody = (body: string, session: Asked['session']): string => (session.may('price.see') ? body : withoutPrices(body))

/** Whose it is now: its promise knows who stands in for whom. */
function describe(handed: HandedDraft, { store: { engine }, actorId }: Asked): HandedDraftItem {
  const users = engine.run(all(userTable))
  const nameOf = (id: string | null): string | null => users.find((user) => user.id === id)?.name ?? null
  const promise = engine.run(range(promiseTable, 'bySubject', ['handed_draft', handed.id])).find(({ state }) => state === 'open')
  const [holderId, role] = promise ? [promise.holderUserId, promise.holderRole] : [handed.toUserId, handed.toRole]
  const roles = users.find((user) => user.id === actorId)?.roles ?? []
  const { who, about, note, callId, customerId, fromUserId, toUserId, handedAt, state, practice } = handed
  return {
    handedId: handed.id,
    who,
    about,
    note,
    callId,
    customerId,
    fromUserId,
    from: nameOf(fromUserId) ?? 'a colleague',
    to: nameOf(holderId) ?? ROLE_NAMES[role],
    toUserId,
    handedAt,
    state,
    mine: fromUserId !== actorId && (holderId === null ? roles.includes(role) : holderId === actorId),
    given: fromUserId === actorId,
    settledBy: nameOf(handed.settledBy),
    practice,
  }
}

/** Lets go of drafts that nobody came back to, by the clock that wrote down when they were kept. */
export function sweepDrafts({ store, now }: Pick<Services, 'store' | 'now'>): void {
  store.drafts.sweep(now() - KEPT_FOR)
}

export const draftsService: Implementation<typeof draftsMethods> = {
  'drafts.kept': (_input, { store, session }) => ({ drafts: store.drafts.all().map((draft) => ({ ...draft, body: shownBody(draft.body, session) })) }),
  'draft.keep': ({ key, revision, body }, { store, actorId, now }) => {
    store.drafts.keep({ key, userId: actorId, revision, savedAt: now(), body })
    return {}
  },
  'draft.drop': ({ key }, { store }) => {
    store.drafts.drop(key)
    return {}
  },
  'drafts.handed': (_input, asked) => {
    const waiting = asked.store.engine.run(range(handedDraftTable, 'byState', ['waiting']))
    const items = waiting.map((handed) => describe(handed, asked)).filter(({ mine, given }) => mine || given)
    return { items: items.sort((left, right) => left.handedAt - right.handedAt || (left.handedId < right.handedId ? -1 : 1)) }
  },
  'drafts.open': ({ handedId }, asked) => {
    const handed = asked.store.engine.run(get(handedDraftTable, handedId))
    return handed ? { ...describe(handed, asked), body: shownBody(handed.body, asked.session) } : null
  },
}
