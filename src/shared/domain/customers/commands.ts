import type { Command } from '../kernel/command.ts'
import { recordConsent } from './consent.ts'
import { removeContactMethod, saveContactMethod } from './contactMethods.ts'
import { changeFlag } from './flags.ts'
import { addLocation, changeLocation } from './locations.ts'
import { addNote, pinNote } from './notes.ts'
import { changeCustomer, createCustomer } from './records.ts'
import { removeServiceArea, saveServiceArea } from './serviceArea.ts'

export const customersCommands = [
  createCustomer,
  changeCustomer,
  addLocation,
  changeLocation,
  saveContactMethod,
  removeContactMethod,
  addNote,
  pinNote,
  changeFlag,
  recordConsent,
  saveServiceArea,
  removeServiceArea,
] as const satisfies readonly Command[]
