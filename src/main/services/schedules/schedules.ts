import type { schedulesMethods } from '../../../shared/contract/methods/schedules.ts'
import type { IsoDay } from '../../../shared/base/time.ts'
import { zoneOf } from '../../../shared/domain/people/zoneClocks.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { type DaySheet, readDaySheet, readNobodysSheet, sheetHead, sheetTechnicians } from './daySheet.ts'
import { plainName } from './keptFolder.ts'
import { printSheets } from './printSheets.ts'
import { sheetCalendar } from './sheetCalendar.ts'

function listDay(day: IsoDay, asked: Asked) {
  const { zone } = companyOf(asked)
  return {
    zone,
    technicians: sheetTechnicians(asked).map((technician) => {
      const visits = readDaySheet(technician.id, day, asked)?.visits ?? []
      return { id: technician.id, name: technician.name, visits: visits.length, firstAt: visits[0]?.startsAt ?? null, zone: zoneOf(technician, zone) }
    }),
    nobodys: readNobodysSheet(day, asked)?.visits.length ?? 0,
  }
}

function sheetOf(technicianId: string, day: IsoDay, asked: Asked): DaySheet {
  const sheet = readDaySheet(technicianId, day, asked)
  if (!sheet) throw new ServiceError('daySheets.unknown', 'This technician is no longer there. Look at the list again.')
  return sheet
}

/** Everybody who has visits, and what nobody has; whoever has none needs no paper. */
async function everybody(day: IsoDay, asked: Asked): Promise<readonly DaySheet[]> {
  const sheets: DaySheet[] = []
  for (const { id } of sheetTechnicians(asked)) {
    const sheet = await asked.background.run(() => readDaySheet(id, day, asked))
    if (sheet && sheet.visits.length > 0) sheets.push(sheet)
  }
  const nobodys = readNobodysSheet(day, asked)
  if (nobodys) sheets.push(nobodys)
  if (sheets.length === 0) throw new ServiceError('daySheets.empty', 'Nothing is planned or promised for this day, so there is nothing to print.')
  return sheets
}

async function handPdf({ day, technicianId }: { readonly day: IsoDay; readonly technicianId: string | null }, asked: Asked) {
  const sheets = technicianId === null ? await everybody(day, asked) : [sheetOf(technicianId, day, asked)]
  const bytes = await printSheets({ ...sheetHead(asked), sheets })
  const name = `day-${day}-${technicianId === null ? 'everybody' : plainName(sheets[0]?.technician ?? '')}.pdf`
  return { delivery: await asked.shell.offerFile({ name, mime: 'application/pdf', bytes }), name }
}

async function handCalendar({ day, technicianId }: { readonly day: IsoDay; readonly technicianId: string }, asked: Asked) {
  const sheet = sheetOf(technicianId, day, asked)
  const name = `day-${day}-${plainName(sheet.technician)}.ics`
  const bytes = new TextEncoder().encode(sheetCalendar(sheet, asked.now()))
  return { delivery: await asked.shell.offerFile({ name, mime: 'text/calendar', bytes }), name }
}

function keptNow({ schedules }: Asked) {
  const { folder, days, trouble } = schedules.kept()
  return { folder, trouble, days: days.map(({ day, madeAt, files }) => ({ day, madeAt, files: [...files] })) }
}

export const schedulesService: Implementation<typeof schedulesMethods> = {
  'daySheets.day': ({ day }, asked) => listDay(day, asked),
  'daySheets.kept': (_input, asked) => keptNow(asked),
  'daySheets.hand': (input, asked) => (input.form === 'pdf' ? handPdf(input, asked) : handCalendar(input, asked)),
  'daySheets.keepNow': async (_input, asked) => {
    await asked.schedules.look(true)
    return keptNow(asked)
  },
}
