import type { Services } from '../../core/service.ts'

/** Gives a new company its first business units, job types, priorities, price book, queues and tax zone. */
export function addStartingData(_services: Services, _ownerId: string): void {
  throw new Error('The starting data is not written yet')
}
