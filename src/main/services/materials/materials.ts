import { formatQuantity } from '../../../shared/base/money.ts'
import { compareText } from '../../../shared/base/text.ts'
import type { IsoDay } from '../../../shared/base/time.ts'
import { formatWindow } from '../../../shared/base/zone.ts'
import type { MaterialDay, materialMethods, MaterialVisit } from '../../../shared/contract/methods/materials.ts'
import { customerTable } from '../../../shared/domain/customers/tables.ts'
import { appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { loadMaterials, sameMaterials } from '../../../shared/domain/materials/content.ts'
import { materialListTable, type VisitMaterials } from '../../../shared/domain/materials/tables.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { technicianTable, userTable } from '../../../shared/domain/people/tables.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../../shared/domain/promises/engine.ts'
import { promiseTable } from '../../../shared/domain/promises/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'

function describe(visit: VisitMaterials, given: readonly VisitMaterials[], { store: { engine } }: Asked): readonly MaterialVisit[] {
  const appointment = engine.run(get(appointmentTable, visit.appointmentId))
  if (!appointment) return []
  const { windowStart, windowEnd } = appointment
  const before = given.filter(({ appointmentId }) => appointmentId === visit.appointmentId)
  return [
    {
      appointmentId: visit.appointmentId,
      technicianName: engine.run(getIf(technicianTable, visit.technicianId))?.name ?? null,
      customerName: engine.run(get(customerTable, appointment.customerId))?.name ?? '',
      jobNumber: engine.run(get(jobTable, appointment.jobId))?.number ?? '',
      windowStart,
      windowEnd,
      lines: visit.lines.map(({ lineId, description, quantity }) => ({ lineId, description, quantity })),
      changed: !sameMaterials(before, [visit]),
    },
  ]
}

/** Whom nobody has comes last: there the van is not known yet. */
const byTechnician = (left: MaterialVisit, right: MaterialVisit): number =>
  Number(left.technicianName === null) - Number(right.technicianName === null) || compareText(left.technicianName ?? '', right.technicianName ?? '') || left.windowStart - right.windowStart

function totalsOf(visits: readonly VisitMaterials[]): MaterialDay['totals'] {
  const totals = new Map<string, number>()
  for (const { description, quantity } of visits.flatMap(({ lines }) => lines)) totals.set(description, (totals.get(description) ?? 0) + quantity)
  return [...totals].map(([description, quantity]) => ({ description, quantity })).sort((left, right) => compareText(left.description, right.description))
}

function readDay(day: IsoDay, asked: Asked): MaterialDay {
  const { engine } = asked.store
  const { visits } = engine.run(loadMaterials(day))
  const [list] = engine.run(range(materialListTable, 'byDay', [day]))
  const promise = list && engine.run(get(promiseTable, promiseId(queueId('material-lists'), list.id)))
  const open = promise?.state === 'open' ? promise : undefined
  return {
    day,
    visits: visits.flatMap((visit) => describe(visit, list?.content ?? [], asked)).sort(byTechnician),
    totals: totalsOf(visits),
    // A day that was not prepared yet is owed to nobody; whoever hands it over early may.
    state: list?.state ?? (visits.length === 0 ? 'none' : 'owed'),
    sentAt: list?.sentAt ?? null,
    sentByName: engine.run(getIf(userTable, list?.sentBy))?.name ?? null,
    said: list?.said ?? '',
    holder: open ? (engine.run(getIf(userTable, open.holderUserId))?.name ?? ROLE_NAMES[open.holderRole]) : null,
    dueAt: open?.dueAt ?? null,
    owedSince: open?.dueSetAt ?? null,
  }
}

/** A cell that a spreadsheet takes as text: a leading `=`, `+`, `-` or `@` would be a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

function fileOf({ visits }: MaterialDay): string {
  const rows = visits.flatMap((visit) =>
    visit.lines.map(({ description, quantity }) => [visit.technicianName ?? 'Nobody yet', formatWindow(visit.windowStart, visit.windowEnd), visit.customerName, visit.jobNumber, formatQuantity(quantity), description]),
  )
  return [['Technician', 'Window', 'Customer', 'Job', 'Quantity', 'Material'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

export const materialsService: Implementation<typeof materialMethods> = {
  'materialList.day': ({ day }, asked) => readDay(day, asked),
  'materialList.file': async ({ day }, asked) => {
    const name = `materials-${day}.csv`
    // The mark tells spreadsheets that it is UTF-8.
    const bytes = new TextEncoder().encode(`\uFEFF${fileOf(readDay(day, asked))}\r\n`)
    return { delivery: await asked.shell.offerFile({ name, mime: 'text/csv', bytes }), name }
  },
}
