import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import type { RouteTarget } from '../../stores/route.ts'

export interface RecordTarget {
  /** What the button says it opens. */
  readonly label: string
  readonly target: RouteTarget
}

/** Where a promise's record is worked. */
export function recordTarget({ opens: { kind, id, day } }: PromiseItem): RecordTarget {
  const onDay = day === null ? {} : { day }
  switch (kind) {
    case 'call':
      return { label: 'Open the call', target: { area: 'calls', path: [id], query: onDay } }
    case 'appointment':
      return { label: 'Open the visit', target: { area: 'board', query: { visit: id, ...onDay } } }
    case 'job':
      return { label: 'Open the job', target: { area: 'jobs', path: [id] } }
    case 'invoice':
      return { label: 'Open the invoice', target: { area: 'money', path: ['invoices', id] } }
    case 'batch':
      return { label: 'Open the batch', target: { area: 'money', path: ['batches', id] } }
    case 'refused_change':
      return { label: 'Show both sides', target: { area: 'queues', path: ['attention', id] } }
    case 'suspense_payment':
      return { label: 'Place the money', target: { area: 'queues', path: ['suspense', id] } }
    case 'task':
      return { label: 'Open the task', target: { area: 'tasks', path: [id] } }
    case 'read_receipt':
      return { label: 'Read it', target: { area: 'manuals', path: [id] } }
    case 'alert':
      // Raised without a call: its customer is named in the promise.
      return { label: 'Show the calls', target: { area: 'calls' } }
    case 'handed_draft':
      return { label: 'Go on with it', target: { area: 'booking', query: { handed: id } } }
    case 'wait_entry':
      return { label: 'Open the wait list', target: { area: 'waitlist', path: [id] } }
    case 'lead':
      return { label: 'Open the lead', target: { area: 'leads', path: [id] } }
    case 'material_list':
      return { label: 'Open the list', target: { area: 'materials', query: onDay } }
    case 'effect':
      // Only where the invoice that was sent is not here.
      return { label: 'Show the invoices', target: { area: 'money', path: [] } }
  }
}
