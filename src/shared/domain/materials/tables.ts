import { derivedId } from '../../base/id.ts'
import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** One thing that a visit takes along. */
export interface MaterialLine {
  readonly lineId: string
  readonly description: string
  /** Thousandths. */
  readonly quantity: number
}

/** What one visit of the day takes along, and who fetches it. */
export interface VisitMaterials {
  readonly appointmentId: string
  readonly technicianId: string | null
  readonly lines: readonly MaterialLine[]
}

/**
 * The material list of a day for the warehouse (000): owed from the afternoon before, until the warehouse has it; owed again
 * where visits or materials have changed since it was handed over.
 */
export const materialListTable = defineTable(
  'material_list',
  {
    day: col.day(),
    /** `none`: the day needs no materials any more, or is over. */
    state: col.oneOf(['owed', 'sent', 'none']),
    owedAt: col.instant(),
    /** When the day’s first window with materials begins. */
    firstAt: col.instant(),
    /** What the warehouse was given; empty before. */
    content: col.json<readonly VisitMaterials[]>(),
    sentAt: nullable(col.instant()),
    sentBy: nullable(col.id()),
    said: col.text(),
  },
  { indexes: { byDay: ['day'] } },
)

export type MaterialList = Row<typeof materialListTable>

/** One list a day, whichever workstation’s clock owes it. */
export function materialListId(companyId: string, day: string): string {
  return derivedId('material-list', companyId, day)
}
