import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import type { OfferedWindow } from '../booking/offeredWindows.ts'
import { windowKey } from '../booking/wishedWindow.ts'
import { windowLabel } from '../booking/words.ts'
import { isFree, standingOf } from './pick.ts'
import type { WindowPick } from './useWindowPick.ts'

const inALine = (window: OfferedWindow): string => (window.over ? 'Over' : window.taken ? 'Just taken' : window.summary)

export interface WindowPickFieldsProps {
  readonly pick: WindowPick
  readonly label: string
  readonly autoFocus?: boolean
  readonly required?: boolean
}

/** The arrival window, and the reason where it is promised though nobody is free. */
export function WindowPickFields({ pick, label, autoFocus = false, required = false }: WindowPickFieldsProps) {
  const { windows, held, today, problem } = pick
  const listed = windows ?? []
  // What is no longer among those that are asked for stays readable.
  const shown = held && !listed.some((window) => windowKey(window) === windowKey(held)) ? [held, ...listed] : listed
  return (
    <>
      <Choice
        wide
        label={label}
        autoFocus={autoFocus}
        required={required}
        options={shown.map((window) => ({ value: windowKey(window), label: windowLabel(window, today), detail: inALine(window), muted: !isFree(window) }))}
        value={held ? windowKey(held) : null}
        onChange={pick.take}
        error={problem?.on === 'window' ? problem.message : null}
        hint={held && !isFree(held) ? <span className="hold-t">{standingOf(held)}</span> : null}
        loading={windows === undefined}
        placeholder="Type a day"
      />
      {pick.asksWhy ? <TextInput label="Why promise it though full" value={pick.why} onChange={pick.setWhy} maxLength={200} error={problem?.on === 'why' ? problem.message : null} /> : null}
    </>
  )
}
