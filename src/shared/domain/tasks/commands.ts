import type { Command } from '../kernel/command.ts'
import { changeTask, noteOnTask, reassignTask } from './changing.ts'
import { createTask } from './creating.ts'
import { dropTask, finishTask, sendBackTask, signOffTask } from './ending.ts'
import { checkStep, orderSteps, removeStep, saveStep } from './steps.ts'

export const tasksCommands = [
  createTask,
  changeTask,
  reassignTask,
  noteOnTask,
  finishTask,
  dropTask,
  signOffTask,
  sendBackTask,
  saveStep,
  checkStep,
  removeStep,
  orderSteps,
] as const satisfies readonly Command[]
