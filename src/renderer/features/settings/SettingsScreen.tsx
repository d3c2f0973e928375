import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import type { ScreenProps } from '../screenProps.ts'
import { SECTIONS } from './sections.tsx'
import classes from './settings.module.css'

const GROUPS = [...new Set(SECTIONS.map((section) => section.group))]

/** What a company can set for itself, in one place and one pattern. */
export function SettingsScreen({ route }: ScreenProps) {
  const { data, error, refetch } = useQuery('settings.get', {})
  // Whoever moves over from another program does it once, and looks for it here.
  useHotkeys('Settings', [{ keys: 'I', label: 'Import a file', run: () => navigate({ area: 'import' }) }])
  const section = SECTIONS.find((candidate) => candidate.key === route.path[0]) ?? SECTIONS[0]
  if (!section) return null
  const View = section.view
  return (
    <div className={classes['screen']}>
      <h1 className="spoken">Settings</h1>
      <nav className={classes['nav']} aria-label="Settings">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h2>{group}</h2>
            <ul>
              {SECTIONS.filter((candidate) => candidate.group === group).map((candidate) => (
                <li key={candidate.key}>
                  <a href={routeHref({ area: 'settings', path: [candidate.key] })} {...(candidate === section ? { 'aria-current': 'page' as const } : {})}>
                    {candidate.label}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      {data ? <View key={section.key} settings={data} selected={route.path[1]} /> : error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />}
    </div>
  )
}
