import { lazy, Suspense } from 'react'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useMay } from '../../stores/session.ts'
import { openByHand, useByHand } from './byHandStore.ts'

const ByHandDialog = lazy(() => import('./ByHandDialog.tsx').then((file) => ({ default: file.ByHandDialog })))

/** The key that writes a call down which no telephone has reported. */
export function ByHand() {
  const may = useMay()
  const open = useByHand((store) => store.open)
  useHotkeys('Telephone', [{ keys: 'Alt+Shift+H', label: 'Log a call by hand', run: openByHand }], { enabled: may('call.handle') })
  return open ? (
    <Suspense fallback={null}>
      <ByHandDialog />
    </Suspense>
  ) : null
}
