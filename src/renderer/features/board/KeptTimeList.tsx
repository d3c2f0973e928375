import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Instant, QUARTER_HOUR } from '../../../shared/base/time.ts'
import { TIME_KIND_NAMES } from '../../../shared/domain/dispatch/timeKinds.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { announce } from '../../stores/board.ts'
import classes from './board.module.css'
import type { ActingPerson } from './boardActions.ts'
import { giveTimeBack, moveTime, type OwnedBlock } from './timeActions.ts'
import { adjacentTechnician, type TechnicianRow } from './boardLayout.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'

interface Place {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Where a block was put whose answer has not come round yet. */
interface Draft extends Place {
  readonly id: string
}

export interface KeptTimeListProps {
  readonly model: BoardModel
  readonly row: TechnicianRow
  readonly clock: WallClock
  /** More than one day is shown: the day is said, too. */
  readonly severalDays: boolean
  readonly person: ActingPerson
  readonly onChange: (block: OwnedBlock) => void
  /** A block went to another technician, whom the panel shows from now on. */
  readonly onTechnician: (technicianId: string) => void
}

const sameId = (left: OwnedBlock, right: OwnedBlock): boolean => left.id === right.id && (left.id !== null || left.startsAt === right.startsAt)

/** What takes a technician's time beside visits on the days shown, to be moved, changed and given back by key. */
export function KeptTimeList({ model, row, clock, severalDays, person, onChange, onTechnician }: KeptTimeListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [draft, setDraft] = useState<Draft | null>(null)
  /** The place of the block that is meant: it is the same one wherever an id is given to it. */
  const [chosenAt, setChosenAt] = useState<Instant | null>(null)
  /** The focus goes along with a block that is moved. */
  const holds = useRef(false)
  const { technician } = row
  const blocks = technician.blocks.map((block): OwnedBlock => ({ ...block, ...(draft?.id === block.id ? { startsAt: draft.startsAt, endsAt: draft.endsAt } : {}), technicianId: technician.id, technicianName: technician.name }))
  const index = Math.max(0, blocks.findIndex(({ startsAt }) => startsAt === chosenAt))
  const chosen = blocks[index]

  const settled = draft !== null && technician.blocks.some(({ id, startsAt, endsAt }) => id === draft.id && startsAt === draft.startsAt && endsAt === draft.endsAt)
  if (settled) setDraft(null)
  useEffect(() => {
    if (holds.current && (document.activeElement === document.body || list.current?.contains(document.activeElement))) list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  })

  const words = ({ startsAt, endsAt }: Place): string => `${severalDays ? `${clock.day(startsAt)}, ` : ''}${clock.span(startsAt, endsAt)}`
  const listHasKeys = (): boolean => Boolean(list.current?.contains(document.activeElement))
  const moveTo = (block: OwnedBlock, place: Place): void => {
    if (place.endsAt <= place.startsAt) return announce(`${TIME_KIND_NAMES[block.kind]} can\u2019t be shorter`)
    const { id } = block
    if (id !== null) setDraft({ id, ...place })
    setChosenAt(place.startsAt)
    const said = `${TIME_KIND_NAMES[block.kind]} of ${technician.name}, ${words(place)}`
    void moveTime(block, { technicianId: technician.id, ...place }, said, person).then((done) => {
      if (done) return
      setDraft(null)
      setChosenAt(block.startsAt)
    })
  }
  const later = (start: number, end: number) => (): boolean => {
    if (!chosen || !listHasKeys()) return false
    holds.current = true
    moveTo(chosen, { startsAt: chosen.startsAt + start * QUARTER_HOUR, endsAt: chosen.endsAt + end * QUARTER_HOUR })
    return true
  }
  const toRow = (step: 1 | -1) => (): boolean => {
    if (!chosen || !listHasKeys()) return false
    const next = adjacentTechnician(model.rows(), technician.id, step)
    if (chosen.id === null) announce('The lunch of the week stays with its technician')
    else if (next) {
      holds.current = true
      const { startsAt, endsAt, kind } = chosen
      const said = `${TIME_KIND_NAMES[kind]} to ${next.technician.name}, ${words(chosen)}`
      void moveTime(chosen, { technicianId: next.technician.id, startsAt, endsAt }, said, person, { whenDone: () => onTechnician(next.technician.id) })
      setChosenAt(startsAt)
    }
    return true
  }
  const giveBack = (block: OwnedBlock): void => {
    if (block.id === null) announce('The lunch of the week can only be moved. Change it in Settings, Technicians.')
    else void giveTimeBack({ ...block, id: block.id })
  }
  useHotkeys('Kept time', [
    { keys: 'Alt+ArrowRight', label: '15 minutes later', run: later(1, 1) },
    { keys: 'Alt+ArrowLeft', label: '15 minutes earlier', run: later(-1, -1) },
    { keys: 'Alt+Shift+ArrowRight', label: '15 minutes longer', run: later(0, 1) },
    { keys: 'Alt+Shift+ArrowLeft', label: '15 minutes shorter', run: later(0, -1) },
    { keys: 'Alt+ArrowDown', label: 'To the technician below', run: toRow(1) },
    { keys: 'Alt+ArrowUp', label: 'To the technician above', run: toRow(-1) },
    {
      keys: 'Backspace',
      label: 'Give the time back',
      run: () => {
        if (!chosen || !listHasKeys()) return false
        holds.current = true
        giveBack(chosen)
        return true
      },
    },
  ])
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter' && chosen) onChange(chosen)
    else if (step === 0) return
    else {
      holds.current = true
      setChosenAt(blocks[Math.min(blocks.length - 1, Math.max(0, index + step))]?.startsAt ?? null)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  if (blocks.length === 0) return <p className="t2">Nothing beside visits.</p>
  return (
    <>
      <ul
        ref={list}
        role="listbox"
        aria-label="Kept time"
        onKeyDown={walk}
        onBlur={(event) => {
          if (event.relatedTarget !== null) holds.current = false
        }}
      >
        {blocks.map((block) => (
          <li
            key={block.id ?? `${block.kind} ${block.startsAt}`}
            role="option"
            className={classes['item']}
            aria-label={[TIME_KIND_NAMES[block.kind], words(block), block.id === null ? 'every week' : block.note].filter(Boolean).join(', ')}
            aria-selected={chosen !== undefined && sameId(block, chosen)}
            tabIndex={chosen !== undefined && sameId(block, chosen) ? 0 : -1}
            onClick={() => setChosenAt(block.startsAt)}
            onDoubleClick={() => onChange(block)}
          >
            <span className={classes['itemLine']}>
              <b className="b">{TIME_KIND_NAMES[block.kind]}</b>
              <span className="nw">{words(block)}</span>
              <span className="sp" />
              <span className="el t2">{block.id === null ? 'every week' : block.note}</span>
            </span>
          </li>
        ))}
      </ul>
      {chosen ? (
        <div className={classes['actions']}>
          <ActionButton small label="Change" onClick={() => onChange(chosen)} />
          {chosen.id === null ? null : <ActionButton small kind="quiet" label="Give it back" keys="Backspace" onClick={() => giveBack(chosen)} />}
        </div>
      ) : null}
    </>
  )
}
