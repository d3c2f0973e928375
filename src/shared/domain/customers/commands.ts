import type { Command } from '../kernel/command.ts'
import { removeContactMethod, saveContactMethod } from './contactMethods.ts'
import { addLocation, changeLocation } from './locations.ts'
import { addNote, pinNote } from './notes.ts'
import { changeCustomer, createCustomer } from './records.ts'

export const customersCommands = [
  createCustomer,
  changeCustomer,
  addLocation,
  changeLocation,
  saveContactMethod,
  removeContactMethod,
  addNote,
  pinNote,
] as const satisfies readonly Command[]
