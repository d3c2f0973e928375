import type { dispatchMethods } from '../../../shared/contract/methods/dispatch.ts'
import type { Implementation } from '../../core/service.ts'
import { readBoardDay, readStandings } from './board.ts'
import { readTechnicianHours } from './hours.ts'
import { readVisitDetail } from './visit.ts'
import { beginBooking, claimedSlot, proposeWindows } from './windows.ts'

export const dispatchService: Implementation<typeof dispatchMethods> = {
  'dispatch.windows': (question, asked) => proposeWindows(question, asked),
  'dispatch.beginBooking': ({ days }, asked) => beginBooking(days, asked),
  'dispatch.claimed': (visit, asked) => claimedSlot(visit, asked),
  'board.day': ({ day, days }, asked) => readBoardDay(day, days ?? 1, asked),
  'board.standing': ({ appointmentIds, timeIds }, asked) => readStandings(appointmentIds, timeIds ?? [], asked),
  'technician.hours': ({ technicianId, fromDay }, asked) => readTechnicianHours(technicianId, fromDay, asked),
  'board.visit': ({ appointmentId }, asked) => readVisitDetail(appointmentId, asked),
}
