import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { clearedEntry } from '../../../shared/sync/clearance.ts'
import type { FeedEntry, PullAnswer } from '../../../shared/sync/protocol.ts'

/** Pages as text, cut so that none is much longer than this. One command's rows always stay together. */
const PAGE_BYTES = 1024 * 1024

/** A page's place and its entries, already JSON. */
interface TextPage {
  readonly after: number
  readonly upTo: number
  readonly entries: readonly string[]
}

function pagesOf(after: number, entries: readonly FeedEntry[]): readonly TextPage[] {
  const pages: TextPage[] = []
  let [from, length, texts] = [after, 0, [] as string[]]
  entries.forEach((entry, index) => {
    const text = JSON.stringify(entry)
    texts.push(text)
    length += text.length
    if (length < PAGE_BYTES && index < entries.length - 1) return
    pages.push({ after: from, upTo: entry.seq, entries: texts })
    ;[from, length, texts] = [entry.seq, 0, []]
  })
  return pages
}

const pageJson = ({ after, upTo, entries }: TextPage): string => `{"after":${after},"upTo":${upTo},"entries":[${entries.join(',')}]}`

/** The feed's growth as a listener with these clearances may see it: one message a page. */
export function streamedPages(after: number, entries: readonly FeedEntry[], held: ReadonlySet<Clearance>): readonly Buffer[] {
  const cleared = entries.map((entry) => clearedEntry(entry, held))
  return pagesOf(after, cleared).map((page) => Buffer.from(`{"t":"page","page":${pageJson(page)}}`))
}

/** Tells a listener only where the feed is: whoever has less pulls. */
export function positionPage(seq: number): Buffer {
  return Buffer.from(`{"t":"page","page":${pageJson({ after: seq, upTo: seq, entries: [] })}}`)
}

/** A pull's answer, cut to a page's length; what did not fit is `more`. */
export function pulledText(n: number, answer: PullAnswer): string {
  if (answer.kind !== 'page') return JSON.stringify({ t: 'pulled', n, answer })
  const pages = pagesOf(answer.page.after, answer.page.entries)
  const page = pages[0] ?? { after: answer.page.after, upTo: answer.page.upTo, entries: [] }
  return `{"t":"pulled","n":${n},"answer":{"kind":"page","page":${pageJson(page)},"more":${answer.more || pages.length > 1}}}`
}
