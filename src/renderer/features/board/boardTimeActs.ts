import { newId } from '../../../shared/base/id.ts'
import { type Instant, QUARTER_HOUR } from '../../../shared/base/time.ts'
import { TIME_KIND_NAMES } from '../../../shared/domain/dispatch/timeKinds.ts'
import { announce, selectVisit, setPendingTime, useBoardStore } from '../../stores/board.ts'
import type { ActingPerson } from './boardActions.ts'
import { giveTimeBack, moveTime, type OwnedBlock } from './timeActions.ts'
import { cellIn, technicianOfKey, timeKey } from './boardCells.ts'
import { adjacentTechnician, type TechnicianRow } from './boardLayout.ts'
import type { WallClock } from './timeline/axis.ts'
import type { BoardModel } from './timeline/boardModel.ts'

/** Kept time that the keyboard stands on, moved as a visit is. */

/** The block of a key, with whose it is; undefined where the key is of something else, or it is gone. */
export function timeOf(model: BoardModel, key: string | null): OwnedBlock | undefined {
  const row = key === null ? undefined : model.row(technicianOfKey(key) ?? '')
  const cell = key === null ? undefined : cellIn(row, key)
  return row && cell?.kind === 'time' ? { ...cell.block, technicianId: row.technician.id, technicianName: row.technician.name } : undefined
}

interface Place {
  readonly row: TechnicianRow
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Shows it there at once, with the keyboard on it; puts it back where it is refused. */
function put(clock: WallClock, block: OwnedBlock, { row, startsAt, endsAt }: Place, person: ActingPerson): void {
  const { technician } = row
  const id = block.id ?? newId()
  // Moved on before the first answer, it still stands for the lunch of the week.
  const insteadOf = block.id === null ? { technicianId: block.technicianId, startsAt: block.startsAt } : (useBoardStore.getState().pendingTimes.get(id)?.insteadOf ?? null)
  const going = { technicianId: technician.id, block: { id, kind: block.kind, note: block.note, startsAt, endsAt }, insteadOf }
  const stand = (): void => selectVisit(null, { focus: true, key: timeKey(technician.id, { id, kind: block.kind, startsAt }) })
  const name = TIME_KIND_NAMES[block.kind]
  const said = `${name} ${technician.id === block.technicianId ? 'of' : 'to'} ${technician.name}, ${clock.span(startsAt, endsAt)}`
  let refused = false
  setPendingTime(id, { ...going, done: false })
  stand()
  const whenDone = (): void => {
    // What was moved on meanwhile is not put back to where this left it.
    const shown = useBoardStore.getState().pendingTimes.get(id)
    if (!shown || shown.block === going.block) setPendingTime(id, { ...going, done: true })
    // Done at the second try, over a visit: the keyboard had gone back with it.
    if (refused) stand()
  }
  void moveTime(block, { technicianId: technician.id, startsAt, endsAt, rowId: id }, said, person, { whenDone }).then((done) => {
    if (done) return
    refused = true
    setPendingTime(id, null)
    selectVisit(null, { focus: true, key: timeKey(block.technicianId, block) })
  })
}

/** Moves kept time by quarters of an hour, or to the technician above or below. */
export function shiftTime(model: BoardModel, clock: WallClock, block: OwnedBlock, rowStep: 0 | 1 | -1, quarters: number, person: ActingPerson): void {
  if (rowStep !== 0 && block.id === null) return announce('The lunch of the week stays with its technician')
  const row = rowStep === 0 ? model.row(block.technicianId) : adjacentTechnician(model.rows(), block.technicianId, rowStep)
  const by = quarters * QUARTER_HOUR
  if (row) put(clock, block, { row, startsAt: block.startsAt + by, endsAt: block.endsAt + by }, person)
}

export function extendTime(model: BoardModel, clock: WallClock, block: OwnedBlock, quarters: 1 | -1, person: ActingPerson): void {
  const row = model.row(block.technicianId)
  const endsAt = block.endsAt + quarters * QUARTER_HOUR
  if (endsAt <= block.startsAt) announce(`${TIME_KIND_NAMES[block.kind]} can\u2019t be shorter`)
  else if (row) put(clock, block, { row, startsAt: block.startsAt, endsAt }, person)
}

export function giveBack(block: OwnedBlock): void {
  if (block.id === null) announce('The lunch of the week can only be moved. Change it in Settings, Technicians.')
  else void giveTimeBack({ ...block, id: block.id })
}
