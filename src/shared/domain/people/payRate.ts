import { col, defineTable, type Row } from '../kernel/table.ts'

/**
 * What an hour of a technician costs the company, from a day on until the next row's. Only workstations whose people may
 * see pay keep the rows at all.
 */
export const payRateTable = defineTable(
  'pay_rate',
  {
    technicianId: col.ref('technician'),
    hourlyCents: col.cents(),
    fromDay: col.day(),
  },
  { indexes: { byTechnician: ['technicianId', 'fromDay'] }, clearance: 'pay' },
)

export type PayRate = Row<typeof payRateTable>
