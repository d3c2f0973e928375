import { CALL_LISTS, type CallList } from '../../../shared/contract/methods/promises.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { navigate } from '../../stores/route.ts'
import { PromiseWorkbench } from '../queues/PromiseWorkbench.tsx'
import type { ScreenProps } from '../screenProps.ts'
import classes from './CallsScreen.module.css'

const NAMES: Readonly<Record<CallList, string>> = { missed: 'Missed', voicemail: 'Voicemail', unbooked: 'Unbooked', callBacks: 'Call-backs', overnight: 'Overnight' }
const LABELS: Readonly<Record<CallList, string>> = { missed: 'Missed calls to return', voicemail: 'Voicemail to return', unbooked: 'Unbooked calls to return', callBacks: 'Call-backs that were promised', overnight: 'What came while the line was closed' }

/** How many are open in each list. */
function useOpen(): Readonly<Record<CallList, number>> {
  return {
    missed: useQuery('queue.items', { of: { kind: 'calls', list: 'missed' } }).data?.total ?? 0,
    voicemail: useQuery('queue.items', { of: { kind: 'calls', list: 'voicemail' } }).data?.total ?? 0,
    unbooked: useQuery('queue.items', { of: { kind: 'calls', list: 'unbooked' } }).data?.total ?? 0,
    callBacks: useQuery('queue.items', { of: { kind: 'calls', list: 'callBacks' } }).data?.total ?? 0,
    overnight: useQuery('queue.items', { of: { kind: 'calls', list: 'overnight' } }).data?.total ?? 0,
  }
}

/** Calls that somebody must return (C6), the oldest deadline first, of all days: call, say what came of it, or later with a reason. */
export function WorklistScreen({ route }: ScreenProps) {
  const list = CALL_LISTS.find((name) => name === route.path[0]) ?? 'missed'
  const queues = useQuery('queues.list', {}).data?.queues
  const open = useOpen()
  const go = (name: CallList): void => navigate({ area: 'worklists', path: [name] }, { replace: true })
  useHotkeys('Calls to return', [
    ...CALL_LISTS.map((name, index) => ({ keys: String(index + 1), label: NAMES[name], run: () => go(name) })),
    { keys: 'G', label: 'The call log', run: () => navigate({ area: 'calls' }) },
  ])
  // What it counts itself (RFC 3842) may be more than it has told us of.
  const messages = usePhoneLine()?.messages ?? null
  const waiting = list === 'voicemail' && messages !== null && messages.fresh > 0 ? messages : null
  const other = CALL_LISTS.find((name) => name !== list && open[name] > 0)
  return (
    <div className={classes['screen']}>
      <ScreenBar title="Calls to return" actions={
          <>
            <ActionButton small label="Wall" keys="Alt+Shift+O" onClick={() => navigate({ area: 'wall' })} />
            <ActionButton small label="Call log" keys="G" onClick={() => navigate({ area: 'calls' })} />
          </>
        }
      >
        <SegmentedControl<CallList> label="Which calls" value={list} onChange={go} segments={CALL_LISTS.map((value) => ({ value, label: NAMES[value], count: open[value] }))} />
        <span className="t3 nw">keys 1 to {CALL_LISTS.length}</span>
        {waiting ? <span className="m el">{`The telephone system’s box has ${waiting.fresh} new, ${waiting.old} heard`}</span> : null}
      </ScreenBar>
      {queues ? (
        <PromiseWorkbench
          key={list}
          of={{ kind: 'calls', list }}
          only={null}
          queues={queues}
          label={LABELS[list]}
          elsewhere={other ? { name: NAMES[other], open: open[other], keys: String(CALL_LISTS.indexOf(other) + 1), go: () => go(other) } : null}
        />
      ) : (
        <LoadingLines />
      )}
    </div>
  )
}
