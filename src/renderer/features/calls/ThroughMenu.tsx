import OutlinedInput from '@mui/material/OutlinedInput'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { LiveCall, PhoneDesk } from '../../../shared/contract/methods/calls.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/telephone.ts'
import { askFirst, putThroughAtOnce } from './callActions.ts'
import classes from './CallPanel.module.css'
import { callerWords } from './callWords.ts'
import { type Destination, destinationKey, destinationName, destinations, destinationState, inOrder } from './passing.ts'

const EVERYTHING = {} as const
const NOBODY: PhoneDesk['colleagues'] = []

/** Where the caller goes: type a name or a number. Enter asks there first, Shift+Enter puts the caller through at once. */
export function ThroughMenu({ call }: { readonly call: LiveCall }) {
  const { data, refetch } = useQuery('phone.desk', EVERYTHING)
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const [problem, setProblem] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  useLayoutEffect(() => {
    field.current?.focus()
    // Who is free changes by the minute.
    refetch()
  }, [refetch])
  useHotkeys('Put through', [{ keys: ['Escape', 'F9'], label: 'Leave the caller here', run: closePanel, always: true }])
  // Who comes first is settled when the menu opens: nobody moves under the mark, or under a finger on its way to Enter.
  const [order, setOrder] = useState<readonly string[] | null>(null)
  if (order === null && data) setOrder(data.colleagues.map(({ userId }) => userId))
  const shown = destinations(inOrder(data?.colleagues ?? NOBODY, order ?? []), text, data?.groups)
  const index = Math.min(marked, shown.length - 1)
  const to = shown[index]
  const canAsk = call.can.includes('consult')

  const go = async (where: Destination | undefined, first: boolean): Promise<void> => {
    if (!where) return setProblem('Nobody here has this name. Type a name, an extension or a number.')
    if (where.kind === 'group' && !where.free) return setProblem(`Nobody of ${where.name} is free. Choose a colleague, or type a number.`)
    const refusal = await (first && canAsk ? askFirst(call.callId, where) : putThroughAtOnce(call.callId, where))
    if (refusal === null) closePanel()
    else setProblem(refusal)
  }
  const mark = (next: number): void => {
    setMarked(next)
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown') mark(index >= shown.length - 1 ? 0 : index + 1)
    else if (event.key === 'ArrowUp') mark(index <= 0 ? shown.length - 1 : index - 1)
    else if (event.key === 'Enter') void go(to, !event.shiftKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className={classes['panel']} role="dialog" aria-label="Put through">
      <p className={classes['head']}>
        <b className="b el">Put {callerWords(call)} through to</b>
      </p>
      <OutlinedInput
        fullWidth
        inputRef={field}
        autoComplete="off"
        placeholder="A name, an extension or a number"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setMarked(0)
          setProblem('')
        }}
        onKeyDown={onKeyDown}
        slotProps={{
          input: {
            'aria-label': 'Who the caller goes to',
            role: 'combobox',
            spellCheck: false,
            'aria-expanded': true,
            'aria-controls': listId,
            'aria-autocomplete': 'list',
            ...(to ? { 'aria-activedescendant': `${listId}-${index}` } : {}),
          },
        }}
      />
      <ul id={listId} role="listbox" aria-label="Who can take the caller" className={classes['people']} onMouseDown={(event) => event.preventDefault()}>
        {shown.map((one, position) => (
          <li key={destinationKey(one)} id={`${listId}-${position}`} role="option" aria-selected={position === index} onClick={() => void go(one, true)}>
            <span className={`el ${(one.kind === 'colleague' && one.state !== 'free') || (one.kind === 'group' && !one.free) ? 't3' : 'm'}`}>{destinationName(one)}</span>
            <span className="sp" />
            <span className="t2 dense nw">{destinationState(one)}</span>
          </li>
        ))}
      </ul>
      <p className={`${classes['problem']} alert-t dense`} role="status">
        {problem}
      </p>
      <div className={classes['actions']}>
        {canAsk ? <ActionButton small kind="primary" label="Talk first" keys="Enter" onClick={() => void go(to, true)} /> : null}
        <ActionButton small label="Put through at once" keys="Shift+Enter" onClick={() => void go(to, false)} />
      </div>
    </section>
  )
}
