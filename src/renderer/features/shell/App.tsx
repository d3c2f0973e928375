import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react'
import { queries, useConnection, useEvent, useQuery } from '../../api/api.ts'
import { useHub } from '../../stores/hub.ts'
import { companyStarted, followSession, SESSION_INPUT, type Session, SessionContext } from '../../stores/session.ts'
import { sideWindow } from '../../stores/windows.ts'
import { LockCover } from '../session/LockCover.tsx'
import { SignInPage } from '../session/SignInPage.tsx'
import { useIdleLock } from '../session/useIdleLock.ts'
import { useStarting } from '../welcome/startStore.ts'
import { useFollowedLinks } from './followLink.ts'
import { Shell } from './Shell.tsx'
import { NoAnswer, Outdated, StartFailure, Waiting } from './StartPages.tsx'

const JoiningPage = lazy(() => import('../workstations/JoinPages.tsx').then((file) => ({ default: file.JoiningPage })))
const SideFrame = lazy(() => import('../windows/SideFrame.tsx').then((file) => ({ default: file.SideFrame })))
const Welcome = lazy(() => import('../welcome/Welcome.tsx').then((file) => ({ default: file.Welcome })))

/** Somebody is signed in, or was: the screens stay as they are beneath the lock, with everything typed in them. */
function SignedIn({ session, locked }: { readonly session: Session; readonly locked: boolean }) {
  useIdleLock(session.company.lockAfterMinutes, !locked)
  useEffect(() => queries.hold(locked), [locked])
  useFollowedLinks(!locked && sideWindow === null)
  return (
    <SessionContext value={session}>
      {/* Another person starts with screens of their own. */}
      {sideWindow === null ? (
        <Shell key={session.person.userId} />
      ) : (
        <Suspense fallback={<Waiting />}>
          <SideFrame key={session.person.userId} kind={sideWindow} />
        </Suspense>
      )}
      {locked ? <LockCover company={session.company} people={session.people} before={session.person} /> : null}
    </SessionContext>
  )
}

/** Which of the few whole pages there is to show: waiting, failure, welcome, sign-in, or the shell. */
export function App(): ReactNode {
  const connection = useConnection()
  const { data, error, refetch } = useQuery('session.state', SESSION_INPUT)
  useEvent('locked', refetch)
  const hub = useHub()
  const last = useRef<{ readonly person: Session['person']; readonly companyId: string } | null>(null)
  useEvent('session', () => void followSession(last.current?.person.userId ?? null).catch(refetch))
  const companyId = data?.company?.id ?? null
  // Whoever was here before this workstation joined another company stands beneath no lock of that one.
  const person = data?.person ?? (last.current?.companyId === companyId ? (last.current?.person ?? null) : null)
  useEffect(() => {
    last.current = person && companyId !== null ? { person, companyId } : null
  }, [person, companyId])

  // A snapshot on its way may have brought the company and not yet its people; a line that breaks meanwhile changes nothing.
  const arriving = hub !== undefined && hub.link !== 'none' && hub.progress !== null && !hub.progress.usable
  const wasArriving = useRef(false)
  useEffect(() => {
    if (wasArriving.current && !arriving) companyStarted()
    wasArriving.current = arriving
  }, [arriving])

  const starting = useStarting((store) => store.starting)
  const company = data?.company ?? null
  const session = useMemo<Session | null>(
    () => (data && company && person ? { company, person, people: data.people, version: data.version, desktop: data.desktop } : null),
    [data, company, person],
  )

  if (connection.kind === 'failed') return <StartFailure error={connection.error} />
  if (connection.kind === 'outdated') return <Outdated />
  if (!data) {
    if (connection.kind === 'offline') return <NoAnswer since={connection.since} />
    if (error) return <StartFailure error={error} />
    return <Waiting />
  }
  if (arriving && hub) {
    return (
      <Suspense fallback={<Waiting />}>
        <JoiningPage hub={hub} />
      </Suspense>
    )
  }
  if (!company || starting) {
    return (
      <Suspense fallback={<Waiting />}>
        <Welcome />
      </Suspense>
    )
  }
  if (!session) return <SignInPage company={company} people={data.people} />
  return <SignedIn session={session} locked={data.person === null} />
}
