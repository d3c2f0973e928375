import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { api, useConnection, useEvent, useQuery } from '../../api/api.ts'
import { keycapText } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { askConclusion, hearCall, isDialling, isMine, keepUnsaid, leaveToOthers, nextSpread, nextToAnswer, peek, popNext, said, startFrom, useCallsStore } from '../../stores/calls.ts'
import { currentRoute, navigate, useRoute } from '../../stores/route.ts'
import { type SessionPerson, useMay, usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { answerCall, confirmCaller, endCall, holdCall, isColleague, isUnsaid, resumeCall, ringPractice, wasLeftOnBooking } from './callActions.ts'
import { CallPop } from './CallPop.tsx'
import { callerWords } from './callWords.ts'
import { placeNow } from './popPlace.ts'
import { heldFirst, ringingSentence, transferSaid } from './transferWords.ts'
import { useCallKeys } from './useCallKeys.ts'
import { useHeadset } from './useHeadset.ts'
import { useRingsHere } from './useRingsHere.ts'
import { useRoleMode } from './useRoleMode.ts'
import { PracticeCard } from './PracticeCard.tsx'

const loadConclude = () => import('./ConcludeDialog.tsx')
const ConcludeDialog = lazy(() => loadConclude().then((file) => ({ default: file.ConcludeDialog })))

/** Asks what is up; while an answer is on its way, once more after it: a flood of rings is not a flood of questions. */
function useAskAll(userId: string): () => void {
  const asking = useRef({ userId, waits: false, again: false })
  asking.current.userId = userId
  return useCallback(function ask(): void {
    const { current } = asking
    if (current.waits) {
      current.again = true
      return
    }
    current.waits = true
    current.again = false
    void api
      .query('calls.current', {})
      .then(
        ({ calls }) => startFrom(calls, current.userId, placeNow),
        // Nothing rings on a page that has just lost its connection; the next one asks again.
        () => undefined,
      )
      .finally(() => {
        current.waits = false
        if (current.again) ask()
      })
  }, [])
}

/** Keeps the store in step with the telephone, over reloads, lost connections and the lock, beneath which a page hears no calls. */
function useTelephone(person: SessionPerson): void {
  const { userId } = person
  const connection = useConnection()
  const online = connection.kind === 'online'
  useEvent('phone', (call) => {
    const before = useCallsStore.getState().calls.find((heard) => heard.call.callId === call.callId)?.call
    const sentence = transferSaid(before, call, userId)
    if (sentence !== null) toast(sentence)
    hearCall(call, userId, placeNow)
    if (call.state !== 'ended' || call.agentId !== userId) return
    void isUnsaid(call.callId).then(
      (still) => (still ? keepUnsaid(call) : undefined),
      // The call log asks again: a call without a reason is marked there.
      () => undefined,
    )
  })
  // The telephone could not do what this person asked.
  useEvent('phoneRefused', (refused) => (refused.userId === userId ? toast(refused.message) : undefined))
  const askAll = useAskAll(userId)
  useEffect(() => {
    if (online) askAll()
    // The person is said anew when the page is unlocked.
  }, [online, askAll, person])
  // Somebody confirmed who calls, or gave the customer a name.
  useEvent('changed', ({ tables }) => {
    if (useCallsStore.getState().calls.length > 0 && (tables.includes('call') || tables.includes('customer'))) askAll()
  })
}

/** A ring that was for others first is everybody's after a while: nobody is left ringing unseen. */
function useSpreadingRings(userId: string): void {
  const calls = useCallsStore((store) => store.calls)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = (): void => {
      const rest = nextSpread(useCallsStore.getState(), userId)
      if (rest === null) return
      timer = setTimeout(() => {
        popNext(userId, placeNow)
        wait()
      }, rest + 20)
    }
    wait()
    return () => clearTimeout(timer)
  }, [calls, userId])
}

/** A booking or another page may say how a call ended: then the cell need not ask. */
function useSettledElsewhere(): void {
  const unsaid = useCallsStore((store) => store.unsaid)
  useEvent('changed', ({ tables }) => {
    if (!tables.includes('call')) return
    for (const call of unsaid) {
      void isUnsaid(call.callId).then(
        (still) => (still ? undefined : said(call.callId)),
        () => undefined,
      )
    }
  })
}

/** Whoever is talked with is whose draft is on the screen, where a draft is by then or was when they were left for another. */
async function takeBack(callId: string): Promise<void> {
  const back = await resumeCall(callId)
  if (back && !isColleague(callId) && (wasLeftOnBooking(callId) || currentRoute().area === 'booking')) navigate({ area: 'booking', query: { call: callId } })
}

/** So long after the other side has hung up, the key that ends the talk may still be meant for it. */
const MEANT_FOR_IT_MS = 2_000

/** Whether a talk other than this one has ended so shortly ago that the key to end it may come too late. */
function useJustOver(live: string | null): (but: string) => boolean {
  const over = useRef<{ readonly callId: string; readonly at: number } | null>(null)
  useEffect(() => {
    if (live === null) return undefined
    return () => {
      over.current = { callId: live, at: performance.now() }
    }
  }, [live])
  return (but) => over.current !== null && over.current.callId !== but && performance.now() - over.current.at < MEANT_FOR_IT_MS
}

/** The telephone's keys, on every screen and over every dialog. */
function useTelephoneKeys(userId: string): void {
  const store = useCallsStore()
  const { calls, pop, unsaid } = store
  const may = useMay()
  const route = useRoute()
  const ringing = nextToAnswer(store, userId)?.call
  const live = calls.find(({ call }) => call.state === 'live' && isMine(call, userId))?.call
  const dialling = calls.find(({ call }) => isDialling(call, userId))?.call
  const held = heldFirst(calls.filter(({ call }) => isMine(call, userId)))?.call
  const asked = useQuery('calls.pop', pop ? { callId: pop.callId } : null).data
  // What came with the ring is on the screen before the query is answered, and its keys must work by then.
  const data = asked ?? calls.find(({ call }) => call.callId === pop?.callId)?.call.pop

  const isOverJustNow = useJustOver(live?.callId ?? null)
  const answer = (): void | false => {
    if (!ringing) return live && !live.extension ? navigate({ area: 'booking', query: { call: live.callId } }) : false
    void loadConclude()
    void answerCall(ringing.callId, live?.callId ?? null)
  }
  const end = (): void | false => {
    const [ended] = unsaid
    if (live ?? dialling) void endCall((live ?? dialling)?.callId ?? '')
    else if (ended) askConclusion(ended.callId)
    else if (held && isOverJustNow(held.callId)) toast(`They have hung up already. ${callerWords(held)} is still on hold: ${keycapText('F7')} takes them back.`)
    else if (held) void endCall(held.callId)
    else return false
  }
  const hold = (): void | false => {
    if (live?.consult) void takeBack(live.callId)
    else if (held) void takeBack(held.callId)
    else if (live) void holdCall(live.callId)
    else return false
  }
  const open = (): void | false => {
    if (!pop) return ringing ? peek(ringing.callId, placeNow()) : false
    const [best] = data?.candidates ?? []
    if (!best) return false
    navigate({ area: 'customers', path: [best.customerId] })
  }
  const confirm = (index: number): void | false => {
    const candidate = data?.candidates[index]
    if (!pop || !candidate) return false
    const [only, ...others] = candidate.locations
    void confirmCaller(pop.callId, candidate.customerId, only && others.length === 0 ? only.locationId : null)
  }
  const whereIs = (): void | false => {
    const call = live ?? held
    const customerId = route.area === 'customers' ? route.path[0] : undefined
    if (!call && customerId === undefined) return false
    navigate({ area: 'booking', query: { ...(call ? { call: call.callId } : { customer: customerId ?? '' }), about: 'whereIsTechnician' } })
  }

  useCallKeys({ live, held, ringing })
  useHeadset({ ringing: ringing !== undefined, live, held, answer, end, hold })
  useHotkeys(
    'Telephone',
    [
      { keys: 'F8', label: 'Answer; on a call, what is booked on it', run: answer, always: true },
      { keys: 'Shift+F8', label: 'End, or say how the call ended', run: end, always: true },
      { keys: 'F7', label: 'Hold, take back, or the other caller', run: hold, always: true },
      { keys: 'F3', label: 'Where is my technician?', run: whereIs },
      { keys: 'Alt+O', label: 'Open the caller\u2019s record, or look at a second ring', run: open },
      { keys: 'Alt+1', label: 'Confirm the first, second or third caller', run: () => confirm(0) },
      { keys: 'Alt+2', label: 'Confirm the second caller', run: () => confirm(1), hidden: true },
      { keys: 'Alt+3', label: 'Confirm the third caller', run: () => confirm(2), hidden: true },
      { keys: 'Alt+R', label: 'Let a practice caller ring', run: () => void ringPractice() },
    ],
    { enabled: may('call.handle') },
  )
}

/** What the telephone shows on every screen: the pop, the practice caller's words, the question how a call ended. */
export function Telephone() {
  const person = usePerson()
  const { userId } = person
  useTelephone(person)
  useSpreadingRings(userId)
  useRingsHere(userId)
  useSettledElsewhere()
  useTelephoneKeys(userId)
  useRoleMode(userId)
  const { calls, pop, concluding } = useCallsStore()
  const popped = calls.find(({ call }) => call.callId === pop?.callId)
  const mine = calls.filter(({ call }) => call.card !== null && isMine(call, userId))
  // The words of whoever is talked with, not of whoever waits on hold.
  const practicing = (mine.find(({ call }) => call.state === 'live') ?? mine[0])?.call
  return (
    <>
      <p className="spoken" role="status">
        {popped ? `${ringingSentence(popped.call)} F8 answers.` : ''}
      </p>
      {pop && popped ? <CallPop key={pop.callId} heard={popped} corner={pop.corner} onLeave={() => leaveToOthers(pop.callId)} /> : null}
      {practicing?.card ? <PracticeCard key={practicing.callId} card={practicing.card} digits={practicing.digits} /> : null}
      {concluding ? (
        <Suspense fallback={null}>
          <ConcludeDialog key={concluding} callId={concluding} />
        </Suspense>
      ) : null}
    </>
  )
}
