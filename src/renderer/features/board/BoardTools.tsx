import Button from '@mui/material/Button'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useRef, useState } from 'react'
import { addDays, type IsoDay } from '../../../shared/base/time.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import { APPOINTMENT_STATES } from '../../../shared/domain/dispatch/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Icon } from '../../components/icons.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { changeBoardView, useBoardView } from '../../stores/boardView.ts'
import classes from './board.module.css'
import { undoLast } from './boardActions.ts'
import { type Grouping, GROUPINGS, type Sorting, SORTINGS } from './timeline/arrangement.ts'

function UnitFilter({ day }: { readonly day: BoardDay }) {
  const unitId = useBoardView((view) => view.unitId)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useHotkeys('Board', [{ keys: 'I', label: 'Only one trade, or all', run: () => setOpen(true) }])
  const choose = (id: string | null): void => {
    changeBoardView({ unitId: id })
    setOpen(false)
  }
  return (
    <>
      <ActionButton ref={button} small icon="filter" label={day.groups.find(({ id }) => id === unitId)?.name ?? 'All trades'} onClick={() => setOpen(true)} />
      <Menu open={open} anchorEl={button.current} onClose={() => setOpen(false)}>
        <MenuItem selected={unitId === null} onClick={() => choose(null)}>
          All trades
        </MenuItem>
        {day.groups.map(({ id, name }) => (
          <MenuItem key={id} selected={id === unitId} onClick={() => choose(id)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}

const GROUPING_WORDS: Readonly<Record<Grouping, string>> = { unit: 'Group by trade', skill: 'Group by skill', area: 'Group by area', none: 'No groups' }
const SORTING_WORDS: Readonly<Record<Sorting, string>> = { office: 'In the office\u2019s order', name: 'By name', left: 'By time left' }

/** A menu of more would be scrolled through. */
const MOST_LISTED = 200

/** How the technicians stand, and who of them is shown: for this person, here. */
function RowsMenu({ day }: { readonly day: BoardDay }) {
  const { grouping, sorting, hiddenIds } = useBoardView()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useHotkeys('Board', [{ keys: 'N', label: 'How technicians stand: group, sort, hide', run: () => setOpen(true) }])
  const hidden = new Set(hiddenIds)
  const technicians = day.groups.flatMap((group) => group.technicians)
  // Of more than a person looks through only those that are hidden stand here; Shift+H hides the one the keyboard stands on.
  const listed = technicians.length > MOST_LISTED ? technicians.filter(({ id }) => hidden.has(id)) : technicians
  const toggle = (id: string): void => changeBoardView({ hiddenIds: hidden.has(id) ? hiddenIds.filter((other) => other !== id) : [...hiddenIds, id] })
  const shownHidden = technicians.filter(({ id }) => hidden.has(id)).length
  return (
    <>
      <ActionButton ref={button} small keys="N" label={shownHidden === 0 ? 'Rows' : `Rows, ${shownHidden} hidden`} onClick={() => setOpen(true)} />
      <Menu open={open} anchorEl={button.current} onClose={() => setOpen(false)}>
        {GROUPINGS.map((value) => (
          <MenuItem key={value} role="menuitemradio" aria-checked={value === grouping} selected={value === grouping} onClick={() => changeBoardView({ grouping: value })}>
            {GROUPING_WORDS[value]}
          </MenuItem>
        ))}
        {SORTINGS.map((value, index) => (
          <MenuItem key={value} role="menuitemradio" aria-checked={value === sorting} selected={value === sorting} divider={index === SORTINGS.length - 1} onClick={() => changeBoardView({ sorting: value })}>
            {SORTING_WORDS[value]}
          </MenuItem>
        ))}
        <MenuItem disabled={hiddenIds.length === 0} onClick={() => changeBoardView({ hiddenIds: [] })}>
          Show everybody
        </MenuItem>
        {listed.map(({ id, name }) => (
          <MenuItem key={id} role="menuitemcheckbox" aria-checked={!hidden.has(id)} onClick={() => toggle(id)}>
            <span className={classes['check']}>{hidden.has(id) ? null : <Icon name="tick" size={12} />}</span>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}

export interface BoardToolsProps {
  readonly day: BoardDay
  readonly title: string
  readonly today: IsoDay
  readonly goToDay: (day: IsoDay) => void
  readonly renew: (() => void) | null
  /** What somebody else changed last, with their name; empty before. */
  readonly news: string
  /** Wider or narrower hours; null for as wide as fits. */
  readonly onZoom: (direction: 1 | -1 | null) => void
}

/** The day or the week, the way to the others, what the glyphs mean, and Undo. */
export function BoardTools({ day, title, today, goToDay, renew, news, onZoom }: BoardToolsProps) {
  const days = day.dayStarts.length
  const showWeek = (week: boolean): void => changeBoardView({ days: week ? 7 : 1 })
  useHotkeys('Board', [{ keys: 'R', label: 'Show what others changed during the call', run: () => renew?.() }], { enabled: renew !== null })
  useHotkeys('Board', [{ keys: 'Shift+W', label: 'The week, or the day again', run: () => showWeek(days === 1) }])
  return (
    <div className={classes['tools']}>
      <ScreenBar title={title} actions={<ActionButton small icon="undo" label="Undo" keys="Ctrl+Z" onClick={() => void undoLast()} />}>
        <Button size="small" aria-label={days > 1 ? 'Previous week' : 'Previous day'} onClick={() => goToDay(addDays(day.day, -days))}>
          <Icon name="chevronLeft" />
        </Button>
        <ActionButton small label="Today" keys="T" onClick={() => goToDay(today)} />
        <Button size="small" aria-label={days > 1 ? 'Next week' : 'Next day'} onClick={() => goToDay(addDays(day.day, days))}>
          <Icon name="chevronRight" />
        </Button>
        <SegmentedControl
          label="How much is shown"
          value={days > 1 ? 'week' : 'day'}
          segments={[
            { value: 'day', label: 'Day' },
            { value: 'week', label: 'Week' },
          ]}
          onChange={(value) => showWeek(value === 'week')}
        />
        <Button size="small" aria-label="Narrower hours" onClick={() => onZoom(-1)}>
          {'\u2212'}
        </Button>
        <Button size="small" aria-label="Wider hours" onClick={() => onZoom(1)}>
          +
        </Button>
        <UnitFilter day={day} />
        <RowsMenu day={day} />
        {/* Its place is kept: others change things while somebody is on the line, and nothing moves by that. */}
        <span className={renew ? '' : classes['unsaid']}>
          <ActionButton small label="Show changes" keys="R" onClick={() => renew?.()} />
        </span>
        <span className={`sp el dense t2 ${classes['news']}`} title={news}>
          {news}
        </span>
        <ul className={classes['legend']} aria-label="What the signs mean">
          {APPOINTMENT_STATES.map((state) => (
            <li key={state}>
              <StateGlyph state={state} />
              {STATE_NAMES[state]}
            </li>
          ))}
        </ul>
      </ScreenBar>
    </div>
  )
}
