import type { accountingMethods } from '../../../shared/contract/methods/accounting.ts'
import type { Implementation } from '../../core/service.ts'
import { readBatch, readBatches } from './batches.ts'
import { exportBatch } from './export.ts'

export const accountingService: Implementation<typeof accountingMethods> = {
  'batches.list': (_input, asked) => readBatches(asked),
  'batch.get': ({ batchId }, asked) => readBatch(batchId, asked),
  'batch.export': (input, asked) => exportBatch(input, asked),
}
