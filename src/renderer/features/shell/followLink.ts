import { useEffect } from 'react'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import { type Link, useLinksStore } from '../../stores/links.ts'
import { navigate, type RouteTarget } from '../../stores/route.ts'
import { searchFor } from '../../stores/search.ts'
import { openPanel } from '../../stores/telephone.ts'

type RecordLink = Extract<Link, { kind: 'record' }>

function recordTarget({ record, id }: RecordLink): RouteTarget {
  switch (record) {
    case 'customer':
      return { area: 'customers', path: [id] }
    case 'job':
      return { area: 'jobs', path: [id] }
    case 'invoice':
      return { area: 'money', path: ['invoices', id] }
    case 'batch':
      return { area: 'money', path: ['batches', id] }
    default:
      return assertNever(record, 'record of a link')
  }
}

export type LinkStep = { readonly kind: 'open'; readonly target: RouteTarget } | { readonly kind: 'search'; readonly text: string }

/** What a link leads to: a record by its id opens; a telephone number, or a document number as people say it, is looked up. */
export function stepOf(link: Link): LinkStep {
  if (link.kind === 'telephone') return { kind: 'search', text: link.number }
  if (ID_PATTERN.test(link.id)) return { kind: 'open', target: recordTarget(link) }
  // The search knows no batches; their list is short.
  if (link.record === 'batch') return { kind: 'open', target: { area: 'money', path: ['batches'] } }
  return { kind: 'search', text: link.id }
}

/**
 * Follows links from outside, which only ever show something.
 * @param allowed somebody is signed in and the page is not locked; until then a link waits
 */
export function useFollowedLinks(allowed: boolean): void {
  const link = useLinksStore((store) => store.waiting)
  useEffect(() => {
    if (!allowed || !link) return
    useLinksStore.setState({ waiting: null })
    const step = stepOf(link)
    if (step.kind === 'open') navigate(step.target)
    else searchFor(step.text)
    // Looked up, and offered: what comes from outside never dials.
    if (link.kind === 'telephone') openPanel({ kind: 'offer', number: link.number })
  }, [allowed, link])
}
