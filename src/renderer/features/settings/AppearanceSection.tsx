import { useColorScheme } from '@mui/material/styles'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import classes from './settings.module.css'

const MODES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system has it' },
] as const

/** How Baton looks on this workstation. */
export function AppearanceSection() {
  const { mode, setMode } = useColorScheme()
  return (
    <div className={classes['plain']}>
      <ScreenBar title="Appearance" detail="on this workstation" />
      <div className={classes['plainBody']}>
        <SegmentedControl label="Appearance" value={mode ?? 'system'} segments={MODES} onChange={setMode} />
        <p className="t2">Motion follows the system’s setting: with reduced motion nothing pulses or slides.</p>
      </div>
    </div>
  )
}
