import type { Attention } from '../../../shared/contract/methods/hub.ts'
import type { RouteTarget } from '../../stores/route.ts'

type Opens = NonNullable<Attention['ours']['opens']>

/** Where a record that a side names is looked at; null for a kind that has no screen. */
export function attentionTarget({ kind, id, day }: Opens): RouteTarget | null {
  const onDay = day === null ? {} : { day }
  switch (kind) {
    case 'appointment':
      return { area: 'board', query: { visit: id, ...onDay } }
    case 'job':
      return { area: 'jobs', path: [id] }
    case 'customer':
      return { area: 'customers', path: [id] }
    case 'invoice':
      return { area: 'money', path: ['invoices', id] }
    case 'batch':
      return { area: 'money', path: ['batches', id] }
    case 'call':
      return { area: 'calls', path: [id], query: onDay }
    case 'refused_change':
      return { area: 'queues', path: ['attention', id] }
    default:
      return null
  }
}
