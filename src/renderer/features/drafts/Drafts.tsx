import { useEffect } from 'react'
import { api, useConnection } from '../../api/api.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { hydrateDrafts, keepAgain, letGoOf, typeAs, useBookingStore } from '../../stores/booking.ts'
import { isMine, ringsFor, useCallsStore } from '../../stores/calls.ts'
import { navigate, type Route, useRoute } from '../../stores/route.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { answerCall, resumeCall } from '../calls/callActions.ts'
import { routeDraftKey } from './draftKeys.ts'
import { draftTarget, listedDrafts, nextDraft } from './draftList.ts'
import { DraftDialogs } from './HandOverDialog.tsx'
import { askDrop, askHandOver } from './handedStore.ts'
import { pickUp } from './handing.ts'

async function hydrate(): Promise<void> {
  const { drafts } = await api.query('drafts.kept', {})
  hydrateDrafts(drafts)
}

/** Brings what this workstation keeps onto the page, and what could not be kept to the workstation. */
function useKeeping(userId: string): void {
  const online = useConnection().kind === 'online'
  useEffect(() => typeAs(userId), [userId])
  // A booking, a colleague or the call log has said how a call ended that waited for it.
  useEffect(
    () =>
      useCallsStore.subscribe(({ unsaid }, before) => {
        for (const { callId } of before.unsaid) if (!unsaid.some((call) => call.callId === callId)) letGoOf(callId)
      }),
    [],
  )
  useEffect(() => {
    if (!online) return
    keepAgain()
    // The next connection asks again; until then what this page has stands.
    hydrate().catch(() => undefined)
  }, [online])
}

const talkingWith = (userId: string): string | null => useCallsStore.getState().calls.find(({ call }) => call.state === 'live' && isMine(call, userId))?.call.callId ?? null

const currentKeyOf = (route: Route, userId: string): string | null => (route.area === 'booking' ? routeDraftKey(route, userId) : null)

/** The keys of drafts, on every screen. */
function useDraftKeys(userId: string): void {
  const route = useRoute()
  const may = useMay()
  const goRound = async (): Promise<void> => {
    // Whoever has just signed in is quicker than what this workstation keeps.
    if (!useBookingStore.getState().hydrated) await hydrate().catch(() => undefined)
    const current = currentKeyOf(route, userId)
    const up = new Set(useCallsStore.getState().calls.flatMap(({ call }) => (isMine(call, userId) ? [call.callId] : [])))
    const next = nextDraft(listedDrafts(useBookingStore.getState().drafts, current, up), current)
    if (next) navigate(draftTarget(next))
    else toast(current === null ? 'There is no draft at this desk.' : 'This is the only draft.')
  }
  const give = (): void | false => {
    const key = currentKeyOf(route, userId)
    if (key === null) return false
    askHandOver(key)
  }
  const drop = (): void | false => {
    const key = currentKeyOf(route, userId)
    if (key === null) return false
    askDrop(key)
  }
  const pick = async (): Promise<void> => {
    try {
      const { items } = await api.query('drafts.handed', {})
      const next = items.find(({ mine }) => mine) ?? items.findLast(({ given }) => given)
      const call = useCallsStore.getState().calls.find((heard) => heard.call.callId === next?.callId)?.call
      // The draft of a caller who is on the way goes where the caller goes.
      if (call?.transfer && ringsFor(call, userId)) await answerCall(call.callId, talkingWith(userId))
      else if (call?.transfer?.fromUserId === userId) await resumeCall(call.callId)
      else if (next) await pickUp(next.handedId)
      else toast('Nothing was handed to you, and nothing you handed over is waiting.')
    } catch {
      toast('Baton can\u2019t be reached just now. What was handed over waits.')
    }
  }
  useHotkeys(
    'Drafts',
    [
      { keys: 'Shift+F7', label: 'Next draft', run: () => void goRound() },
      { keys: 'Shift+F9', label: 'Hand this draft to a colleague', run: give },
      { keys: 'Alt+P', label: 'Go on with what was handed to you, or take back what nobody took', run: () => void pick() },
      { keys: 'Alt+X', label: 'Give this draft up', run: drop },
    ],
    { enabled: may('job.book') },
  )
}

/** Drafts outlive screens, people at the page and browsers: this is there while somebody is signed in. */
export function Drafts() {
  const { userId } = usePerson()
  useKeeping(userId)
  useDraftKeys(userId)
  return <DraftDialogs />
}
