import type { Content, DocumentDefinition } from 'pdfmake'
import { formatQuantity } from '../../../shared/base/money.ts'
import { formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { DaySheet, SheetHead, SheetVisit } from './daySheet.ts'

/** What a print of day sheets says, whatever it is printed with. */
export interface SheetsPaper extends SheetHead {
  readonly sheets: readonly DaySheet[]
}

const INK = '#191A17'
const TEXT2 = '#4C4F46'
const TEXT3 = '#62655B'
const LINE = '#BFC0B7'

/** US Letter, in points: narrow at the sides, because it is read in a van and written on. */
const [WIDTH, SIDE] = [612, 40]

const caption = (text: string): Content => ({ text, fontSize: 8, color: TEXT3 })

const said = (label: string, text: string): Content => ({ columns: [{ width: 82, text: label, color: TEXT3, fontSize: 8.5, margin: [0, 0.5, 0, 0] }, { width: '*', text }], columnGap: 6, margin: [0, 1, 0, 0] })

const dayOf = ({ startsAt, zone }: SheetVisit): string => wallTimeOf(startsAt, zone).day

function timesOf(visit: SheetVisit, sheet: DaySheet): Content {
  const { startsAt, endsAt, windowStartsAt, windowEndsAt, zone } = visit
  const window = `${formatTime(windowStartsAt, zone)}\u2013${formatTime(windowEndsAt, zone)}`
  const planned = `${formatTime(startsAt, zone)}\u2013${formatTime(endsAt, zone)}`
  return {
    width: 118,
    stack: [
      { text: sheet.technicianId === null ? window : formatTime(startsAt, zone), fontSize: 13, bold: true },
      ...(dayOf(visit) === sheet.day ? [] : [{ text: formatWeekday(dayOf(visit)), bold: true }]),
      ...(sheet.technicianId === null ? [] : [caption('Planned'), { text: planned }, caption('Promised'), { text: window }]),
      ...(zone === sheet.zone ? [] : [{ text: zone, fontSize: 8, color: TEXT2 }]),
      { text: visit.holdReason === null ? STATE_NAMES[visit.state] : `On hold: ${visit.holdReason}`, color: TEXT2, margin: [0, 2, 0, 0] },
    ],
  }
}

function visitBlock(visit: SheetVisit, sheet: DaySheet): Content {
  const lines = visit.lines.map(({ description, quantity }) => (quantity === 1000 ? description : `${formatQuantity(quantity)} \u00d7 ${description}`))
  return {
    unbreakable: true,
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH - 2 * SIDE, y2: 0, lineWidth: 0.8, lineColor: LINE }], margin: [0, 8, 0, 6] },
      {
        columnGap: 12,
        columns: [
          timesOf(visit, sheet),
          {
            width: '*',
            stack: [
              { text: [{ text: visit.customer, bold: true, fontSize: 11 }, { text: `   ${[visit.jobType, `job ${visit.jobNumber}`].filter(Boolean).join(', ')}`, color: TEXT2 }] },
              { text: visit.address, bold: true },
              ...(visit.phones.length === 0 ? [] : [said('Phone', visit.phones.map(({ shown, label }) => (label === '' ? shown : `${shown} (${label})`)).join(', '))]),
              ...visit.access.map(({ label, text }) => said(label, text)),
              ...(visit.summary === '' ? [] : [said('Work', visit.summary)]),
              ...(lines.length === 0 ? [] : [said('To do', lines.join('; '))]),
              ...visit.notes.map((note) => said('Note', note)),
              ...visit.promised.map((promise) => said('Promised', promise)),
              ...visit.owed.map((step) => said('Still owed', step)),
              { columns: ['On my way', 'Arrived', 'Done'].map((label) => ({ text: `${label}  ____________`, color: TEXT2, fontSize: 8.5 })), margin: [0, 7, 0, 0] },
            ],
          },
        ],
      },
    ],
  }
}

function sheetPart(sheet: DaySheet, head: SheetHead, first: boolean): Content {
  const count = sheet.visits.length
  return {
    ...(first ? {} : { pageBreak: 'before' }),
    stack: [
      {
        columns: [
          { width: '*', stack: [{ text: sheet.technician, fontSize: 17, bold: true }, { text: `${formatWeekday(sheet.day)}, ${sheet.day.slice(0, 4)}  \u00b7  ${count === 0 ? 'no visits' : count === 1 ? '1 visit' : `${count} visits`}`, color: TEXT2 }] },
          {
            width: 250,
            stack: [
              { text: head.company, bold: true, alignment: 'right' },
              { text: 'No internet, no telephone? Work this list and call:', alignment: 'right', color: TEXT3, fontSize: 8 },
              ...head.callUs.map(({ name, number }) => ({ text: `${name}  ${number}`, alignment: 'right' })),
            ],
          },
        ],
      },
      ...(count === 0 ? [{ text: 'Nothing is planned. The office calls if that changes.', margin: [0, 14, 0, 0], color: TEXT2 }] : sheet.visits.map((visit) => visitBlock(visit, sheet))),
    ],
  }
}

/** The whole print for pdfmake: every technician on pages of their own, no visit torn apart. */
export function sheetsDocument(paper: SheetsPaper): DocumentDefinition {
  const [only] = paper.sheets
  const title = `${paper.sheets.length === 1 && only ? only.technician : 'Day sheets'}, ${only ? formatWeekday(only.day) : ''}`
  const made = `As of ${formatWeekday(wallTimeOf(paper.madeAt, paper.zone).day)}, ${formatTime(paper.madeAt, paper.zone)}. Later changes are not on this paper.`
  return {
    info: { title: `${title}, ${paper.company}`, author: paper.company },
    pageSize: 'LETTER',
    pageMargins: [SIDE, 40, SIDE, 46],
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15, color: INK },
    ...(paper.notReal === null ? {} : { watermark: { text: paper.notReal, color: '#BF2419', opacity: 0.08, bold: true, angle: -38 } }),
    footer: (page: number, pages: number) => ({
      margin: [SIDE, 14, SIDE, 0],
      columns: [
        { text: made, color: TEXT3, fontSize: 8, width: '*' },
        { text: pages > 1 ? `Page ${page} of ${pages}` : '', color: TEXT3, fontSize: 8, alignment: 'right', width: 80 },
      ],
    }),
    content: paper.sheets.length === 0 ? [{ text: 'There is no technician yet.' }] : paper.sheets.map((sheet, index) => sheetPart(sheet, paper, index === 0)),
  }
}
