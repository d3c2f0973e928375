import { assertNever } from '../../../shared/base/assertNever.ts'
import { SEARCH_HIT_KINDS, type SearchHit } from '../../../shared/contract/methods/search.ts'
import type { RouteTarget } from '../../stores/route.ts'

/** Where a hit opens. */
export function hitTarget({ kind, id, customerId }: Pick<SearchHit, 'kind' | 'id' | 'customerId'>): RouteTarget {
  switch (kind) {
    case 'customer':
      return { area: 'customers', path: [id] }
    case 'location':
      return { area: 'customers', path: [customerId], query: { location: id } }
    case 'job':
      return { area: 'jobs', path: [id] }
    case 'invoice':
      return { area: 'money', path: ['invoices', id] }
    case 'lead':
      return { area: 'leads', path: [id] }
    default:
      return assertNever(kind, 'search hit')
  }
}

/**
 * Hits in the order in which they are shown, each kind together. Kinds keep their places while letters are
 * typed; a number puts the kind it names best first.
 */
export function groupHits(hits: readonly SearchHit[], text: string): readonly SearchHit[] {
  const kinds = /^[\s\d#-]+$/.test(text) ? [...new Set(hits.map(({ kind }) => kind))] : SEARCH_HIT_KINDS
  return kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind))
}
