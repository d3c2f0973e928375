import { useState } from 'react'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { companyStarted } from '../../stores/session.ts'
import { JoinPage } from '../workstations/JoinPages.tsx'
import { WholePage } from '../shell/StartPages.tsx'
import { SetUpForm } from './SetUpForm.tsx'
import { SampleStart } from './SampleStart.tsx'
import classes from './welcome.module.css'
import { asksForSample } from './sampleRequest.ts'

type Path = 'setUp' | 'sample' | 'import' | 'join'

const CHOICES: readonly { readonly path: Path; readonly icon: IconName; readonly title: string; readonly what: string }[] = [
  { path: 'setUp', icon: 'building', title: 'Set up my company', what: 'Name, time zone, and you as its owner. Two minutes, then Baton rings for practice until you go live.' },
  { path: 'sample', icon: 'compass', title: 'Look around with a sample company', what: 'Invented customers, jobs and calls in a company of twenty technicians. It never dials, sends or charges.' },
  { path: 'import', icon: 'upload', title: 'Import a file', what: 'Bring customers from a CSV file, such as a Jobber export. Your company is set up first.' },
  { path: 'join', icon: 'queues', title: 'Join an office', what: 'Paste the code of your office\u2019s hub. This workstation takes the company from it and stays in step.' },
]

/** The first page of an empty store: four ways in. */
export function Welcome() {
  const [path, setPath] = useState<Path | null>(() => (asksForSample(location.search) ? 'sample' : null))
  useHotkeys(
    'Welcome',
    CHOICES.map(({ path: to, title }, index) => ({ keys: String(index + 1), label: title, run: () => setPath(to) })),
    { enabled: path === null },
  )
  useHotkeys('Welcome', [{ keys: 'Escape', label: 'Back', run: () => setPath(null) }], { enabled: path !== null && path !== 'sample' })

  if (path === 'sample') return <SampleStart onBack={() => setPath(null)} />
  if (path === 'join') return <JoinPage onEnrolled={companyStarted} onBack={() => setPath(null)} />
  if (path !== null) return <SetUpForm thenImport={path === 'import'} onBack={() => setPath(null)} />
  return (
    <WholePage label="Welcome" wide>
      <h1 className={classes['title']}>Nothing is forgotten.</h1>
      <p className={classes['lead']}>Calls, booking, dispatch and invoices in one place, and every promise to a customer held by somebody until it is kept.</p>
      <ul className={classes['choices']}>
        {CHOICES.map(({ path: to, icon, title, what }, index) => (
          <li key={to}>
            <button type="button" className={classes['choice']} onClick={() => setPath(to)} autoFocus={index === 0}>
              <Icon name={icon} />
              <span>
                <span className="h2">{title}</span>
                <span className={classes['what']}>{what}</span>
              </span>
              <Keycap keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
      <p className="t3 dense">Your data stays in a folder on this computer.</p>
    </WholePage>
  )
}
