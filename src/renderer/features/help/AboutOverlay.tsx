import { lazy, Suspense } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useRoute } from '../../stores/route.ts'
import { closeHelp, showHelp, useHelp } from './helpStore.ts'

const AboutTopics = lazy(() => import('./AboutTopics.tsx').then((file) => ({ default: file.AboutTopics })))

/** F1: what Baton does, a few sentences for each screen. */
export function AboutOverlay() {
  const open = useHelp((store) => store.shown === 'about')
  const { area } = useRoute()
  useHotkeys('Everywhere', [{ keys: 'F1', label: 'What Baton does', run: () => showHelp('about') }])
  return (
    <DialogFrame open={open} title="What Baton does" width="md" onClose={closeHelp} actions={<ActionButton label="Close" keys="Escape" onClick={closeHelp} />}>
      {open ? (
        <Suspense fallback={null}>
          <AboutTopics area={area} />
        </Suspense>
      ) : null}
    </DialogFrame>
  )
}
