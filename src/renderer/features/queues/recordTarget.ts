import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import type { RouteTarget } from '../../stores/route.ts'

export interface RecordTarget {
  /** What the button says it opens. */
  readonly label: string
  readonly target: RouteTarget
}

/** Where a promise's record is worked. */
export function recordTarget(item: PromiseItem): RecordTarget {
  switch (item.subjectKind) {
    case 'call':
      return { label: 'Open the call', target: { area: 'calls', path: [item.subjectId] } }
    case 'appointment':
      return { label: 'Open the visit', target: { area: 'board', query: { visit: item.subjectId } } }
    case 'job':
      return { label: 'Open the job', target: { area: 'jobs', path: [item.subjectId] } }
    case 'invoice':
      return { label: 'Open the invoice', target: { area: 'money', path: ['invoices', item.subjectId] } }
    case 'batch':
      return { label: 'Open the batch', target: { area: 'money', path: ['batches', item.subjectId] } }
  }
}
