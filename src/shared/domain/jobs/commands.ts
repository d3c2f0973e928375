import type { Command } from '../kernel/command.ts'
import { bookJob } from './booking.ts'
import { addJobLine, cancelJob, changeJob, changeJobLine, removeJobLine } from './changing.ts'
import { setWaiver } from './waivers.ts'
import { saveJobType, savePriceItem, savePriority } from './reference.ts'

export const jobsCommands = [
  savePriority,
  saveJobType,
  savePriceItem,
  bookJob,
  changeJob,
  cancelJob,
  addJobLine,
  changeJobLine,
  removeJobLine,
  setWaiver,
] as const satisfies readonly Command[]
