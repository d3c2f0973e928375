import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { HandoffItem } from '../../../shared/contract/methods/handoff.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { HandoffLine } from './HandoffList.tsx'
import { WaiverSteps } from './WaiverSteps.tsx'
import classes from './handoff.module.css'

/** Words typed and not saved yet outlive the panel: another bar may be looked at meanwhile. */
const typedWords = new Map<string, string>()

interface FillProps {
  readonly visitId: string
  readonly jobId: string
  readonly item: HandoffItem
  /** @returns whether it was saved */
  readonly onTick: (item: HandoffItem, said: string) => Promise<boolean>
  readonly onOpen: (item: HandoffItem) => void
}

/** What fills a hole: words, one key, or the record that lacks something. */
function Fill({ visitId, jobId, item, onTick, onOpen }: FillProps) {
  const kept = `${visitId}/${item.key}`
  const [words, setWords] = useState(typedWords.get(kept) ?? '')
  const may = useMay()
  if (item.waiver !== null && may('job.edit')) {
    return (
      <div data-hole>
        <WaiverSteps jobId={jobId} name={item.waiver.name} state={item.waiver.state} />
      </div>
    )
  }
  if (!item.tickable) {
    return (
      <div className={classes['fill']} data-hole>
        <ActionButton small label={item.opens === 'job' ? `Open the job and put in: ${item.label}` : `Open the customer and put in: ${item.label}`} onClick={() => onOpen(item)} />
      </div>
    )
  }
  if (!item.words) {
    return (
      <div className={classes['fill']} data-hole>
        <ActionButton small icon="tick" label={`Tick ${item.label}`} onClick={() => void onTick(item, '')} />
      </div>
    )
  }
  return (
    <form
      className={classes['fill']}
      data-hole
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        // What is refused is still only here.
        void onTick(item, words.trim()).then((done) => (done ? typedWords.delete(kept) : undefined))
      }}
    >
      <TextInput
        label={item.label}
        value={words}
        maxLength={200}
        onChange={(value) => {
          typedWords.set(kept, value)
          setWords(value)
        }}
      />
      <ActionButton type="submit" small label="Save" keys="Enter" onClick={() => undefined} />
    </form>
  )
}

/**
 * The hand-off of one visit, worked from hole to hole: after each the focus goes to the next. What a person ticks carries
 * their name, and what the record does not bear out cannot be ticked.
 */
export function HandoffForm({ visit, onClose }: { readonly visit: Pick<BoardVisit, 'id' | 'jobNumber' | 'state'>; readonly onClose: () => void }) {
  const zone = useZone()
  const { data } = useQuery('handoff.checklist', { appointmentId: visit.id })
  const { run, error } = useAction()
  const root = useRef<HTMLDivElement>(null)
  const holes = data?.holes ?? null
  // A waiver that was sent is a hole still, and the key that said so is gone.
  const stage = data?.items.map(({ waiver }) => waiver?.state).join('')

  useEffect(() => {
    if (holes === null) return
    const next = root.current?.querySelector<HTMLElement>('[data-hole] input, [data-hole] button') ?? root.current?.querySelector<HTMLElement>('[data-done] button')
    next?.focus()
  }, [holes, stage])

  const tick = (item: HandoffItem, said: string): Promise<boolean> => run(() => api.command('handoff.tick', { appointmentId: visit.id, item: item.key, said }))
  const takeBack = (item: HandoffItem): void => void run(() => api.command('handoff.takeBack', { appointmentId: visit.id, item: item.key }))
  const open = (item: HandoffItem): void => {
    if (data) navigate(item.opens === 'job' ? { area: 'jobs', path: [data.jobId] } : { area: 'customers', path: [data.customerId] })
  }

  return (
    <div ref={root} className={classes['form']}>
      <h3 className="b">Hand-off of job {visit.jobNumber}</h3>
      <p className="t2" role="status">
        {holes === null ? '' : holes === 0 ? 'Nothing is missing. Escape, then D dispatches.' : `${holes} ${holes === 1 ? 'item is' : 'items are'} open before it can be dispatched.`}
      </p>
      <ErrorNotice error={error} />
      <ol className={classes['items']} aria-label="Hand-off checklist">
        {(data?.items ?? []).map((item) => (
          <li key={item.key}>
            <div className={classes['line']}>
              <HandoffLine item={item} zone={zone} />
              {item.answeredBy === 'person' ? <ActionButton small kind="quiet" label="Take back" about={item.label} onClick={() => takeBack(item)} /> : null}
            </div>
            {item.answeredBy === null ? <Fill visitId={visit.id} jobId={data?.jobId ?? ''} item={item} onTick={tick} onOpen={open} /> : null}
          </li>
        ))}
      </ol>
      <div data-done>
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={onClose} />
      </div>
    </div>
  )
}
