import type { Command } from '../kernel/command.ts'
import { postBatch, unpostBatch } from './post.ts'
import { discardBatch, prepareBatch, removeBatchItem, reviewBatch } from './prepare.ts'
import { recordExport } from './recordExport.ts'

export const accountingCommands = [prepareBatch, removeBatchItem, discardBatch, reviewBatch, postBatch, unpostBatch, recordExport] as const satisfies readonly Command[]
