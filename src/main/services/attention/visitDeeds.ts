import { wallTimeOf } from '../../../shared/base/zone.ts'
import { STATE_NAMES } from '../../../shared/domain/dispatch/states.ts'
import type { Deeds } from './deed.ts'
import type { Opens } from './given.ts'
import { jobWords, type Look, spanWords, technicianWords, visitWords, windowWords } from './look.ts'

/** The visit on the board, on the day asked for or on its own. */
function onBoard(appointmentId: string, look: Look, day?: string): Opens | null {
  const visit = look.visit(appointmentId)
  return visit ? { kind: 'appointment', id: visit.id, day: day ?? visit.windowDay } : null
}

const promisedLine = (appointmentId: string, look: Look): readonly string[] => {
  const visit = look.visit(appointmentId)
  const job = visit && look.job(visit.jobId)
  return visit ? [`Promised: ${windowWords(visit, look)}`, ...(job ? [`${look.jobType(job.jobTypeId)}, ${jobWords(job)}`] : [])] : []
}

const reasonLine = (reason: string | null | undefined): readonly string[] => (reason ? [`Reason: ${reason}`] : [])

const SETTLED = { saved: 'saved', moved: 'moved', canceled: 'canceled', unreached: 'not reached' } as const

/** What is done to visits at the board. */
export const visitDeeds = {
  'appointment.assign': (input, look) => ({
    title: `Gave ${visitWords(input.appointmentId, look)} to ${technicianWords(input.technicianId, look)}`,
    lines: [spanWords(input.startsAt, input.endsAt, look), ...(input.overbookAccepted ? ['Overbooked on purpose'] : []), ...promisedLine(input.appointmentId, look)],
    opens: onBoard(input.appointmentId, look, wallTimeOf(input.startsAt, look.zone).day),
  }),
  'appointment.unassign': (input, look) => ({
    title: `Took ${visitWords(input.appointmentId, look)} off its technician`,
    lines: promisedLine(input.appointmentId, look),
    opens: onBoard(input.appointmentId, look),
  }),
  'appointment.reschedule': (input, look) => ({
    title: `Promised another window for ${visitWords(input.appointmentId, look)}`,
    lines: [`New window: ${windowWords(input, look)}`, ...reasonLine(input.reason)],
    opens: onBoard(input.appointmentId, look),
  }),
  'reschedule.ask': (input, look) => ({
    title: `Wrote down that ${visitWords(input.appointmentId, look)} needs another time`,
    lines: [...reasonLine(input.why), ...promisedLine(input.appointmentId, look)],
    opens: onBoard(input.appointmentId, look),
  }),
  'reschedule.settle': (input, look) => ({
    title: `Said what came of the reschedule of ${visitWords(input.appointmentId, look)}: ${SETTLED[input.how.kind]}`,
    lines: [...(input.how.kind === 'moved' ? [`New window: ${windowWords(input.how, look)}`] : []), ...reasonLine(input.objection), ...promisedLine(input.appointmentId, look)],
    opens: onBoard(input.appointmentId, look),
  }),
  'appointment.changeState': (input, look) => ({
    title: `Set ${visitWords(input.appointmentId, look)} to ${STATE_NAMES[input.to]}`,
    lines: [...reasonLine(input.reason), ...promisedLine(input.appointmentId, look)],
    opens: onBoard(input.appointmentId, look),
  }),
  'appointment.returnTrip': (input, look) => ({
    title: `Promised a return trip after ${visitWords(input.appointmentId, look)}`,
    lines: [`Window: ${windowWords(input, look)}`, input.work],
    opens: onBoard(input.appointmentId, look, input.windowDay),
  }),
  'appointment.awaitParts': (input, look) => ({
    title: `Held ${visitWords(input.appointmentId, look)} for parts`,
    lines: [`${input.what}, from ${input.from}`, ...promisedLine(input.appointmentId, look)],
    opens: onBoard(input.appointmentId, look),
  }),
  'appointment.closeOut': (input, look) => ({
    title: `Closed out ${visitWords(input.appointmentId, look)}`,
    lines: promisedLine(input.appointmentId, look),
    opens: onBoard(input.appointmentId, look),
  }),
} as const satisfies Deeds
