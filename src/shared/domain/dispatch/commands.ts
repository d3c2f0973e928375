import type { Command } from '../kernel/command.ts'
import { assign, unassign } from './assign.ts'
import { closeOut } from './closeOut.ts'
import { configure } from './configure.ts'
import { setCrew } from './crew.ts'
import { awaitParts } from './parts.ts'
import { changeState } from './progress.ts'
import { promiseExactly } from './promised.ts'
import { reschedule } from './reschedule.ts'
import { askReschedule, settleReschedule } from './rescheduling.ts'
import { returnTrip } from './returnTrip.ts'
import { clearShift, removeOnCall, saveOnCall, setShift } from './shifts.ts'
import { join, split } from './split.ts'
import { putBack } from './standing.ts'
import { addTime, changeTime, putTimeBack, removeTime } from './technicianTime.ts'

export const dispatchCommands = [
  assign,
  unassign,
  setCrew,
  split,
  join,
  promiseExactly,
  putBack,
  reschedule,
  askReschedule,
  settleReschedule,
  returnTrip,
  changeState,
  awaitParts,
  closeOut,
  configure,
  addTime,
  changeTime,
  putTimeBack,
  removeTime,
  setShift,
  clearShift,
  saveOnCall,
  removeOnCall,
] as const satisfies readonly Command[]
