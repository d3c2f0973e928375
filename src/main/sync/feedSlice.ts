import type { FeedEntry, Page } from '../../shared/sync/protocol.ts'

/** What taking an entry in costs, about: its rows, and a word on its command. */
export function weightOf(entries: readonly FeedEntry[]): number {
  return entries.reduce((sum, { rows }) => sum + rows.length + 1, 0)
}

/**
 * The first part of a page that weighs no more than so much, at least one entry of it, and what is left. Entries are
 * whole commands: after each part the store stands at a place of the feed, as after a page.
 */
export function cutPage({ after, upTo, entries }: Page, most: number): { readonly slice: Page; readonly rest: Page | null } {
  let weight = 0
  const end = entries.findIndex((entry, index) => {
    weight += entry.rows.length + 1
    return index > 0 && weight > most
  })
  const next = entries[end]
  if (!next) return { slice: { after, upTo, entries }, rest: null }
  const middle = next.seq - 1
  return { slice: { after, upTo: middle, entries: entries.slice(0, end) }, rest: { after: middle, upTo, entries: entries.slice(end) } }
}
