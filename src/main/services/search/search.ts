import { formatMoney } from '../../../shared/base/money.ts'
import { digitsOf, formatPhone } from '../../../shared/base/phone.ts'
import { foldText } from '../../../shared/base/text.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import type { SearchHit, searchMethods } from '../../../shared/contract/methods/search.ts'
import { flagWord } from '../../../shared/domain/customers/flags.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { contactMethodTable, type Customer, customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { type Lead, LEAD_CHANNEL_NAMES, leadTable } from '../../../shared/domain/leads/tables.ts'
import type { Implementation } from '../../core/service.ts'
import type { SearchHit as Found } from '../../store/searchIndex.ts'
import type { Store } from '../../store/store.ts'
import { type Names, namesIn } from '../customers/names.ts'
import { shownMoney } from '../customers/shownMoney.ts'
import { firstWords, leadName } from '../leads/leads.ts'
import { findRecords } from './find.ts'

/** More candidates than are shown, so that a kind that is rare among them still shows. */
const CANDIDATES = 200

function customerHit(customer: Customer, digits: string, { engine }: Store): SearchHit {
  const phones = engine.run(range(contactMethodTable, 'byCustomer', [customer.id])).filter(({ kind }) => kind === 'phone')
  const matched = digits === '' ? undefined : phones.find(({ value }) => value.includes(digits))
  const [location] = engine.run(range(locationTable, 'byCustomer', [customer.id]))
  const phone = matched ?? phones[0]
  const detail = [...(phone ? [formatPhone(phone.value)] : []), ...(location ? [placeName(location)] : [])].join(' \u00B7 ')
  return { kind: 'customer', id: customer.id, customerId: customer.id, title: customer.name, detail, flag: flagWord(customer), phone: matched?.value ?? null }
}

function hitFor(found: Found, digits: string, store: Store, names: Names, pricesShown: boolean): SearchHit | undefined {
  const { engine } = store
  switch (found.kind) {
    case 'customer': {
      const customer = engine.run(get(customerTable, found.id))
      return customer && customerHit(customer, digits, store)
    }
    case 'location': {
      const location = engine.run(get(locationTable, found.id))
      const customer = location && engine.run(get(customerTable, location.customerId))
      return location && customer && { kind: 'location', id: location.id, customerId: customer.id, title: placeName(location), detail: customer.name, flag: flagWord(customer), phone: null }
    }
    case 'job': {
      const job = engine.run(get(jobTable, found.id))
      const customer = job && engine.run(get(customerTable, job.customerId))
      if (!job || !customer) return undefined
      const detail = `${names.jobType(job.jobTypeId)} \u00B7 ${job.summary}`
      return { kind: 'job', id: job.id, customerId: customer.id, title: `Job ${job.number}, ${customer.name}`, detail, flag: job.state === 'open' ? '' : job.state === 'done' ? 'Done' : 'Canceled', phone: null }
    }
    case 'invoice': {
      const invoice = engine.run(get(invoiceTable, found.id))
      const customer = invoice && engine.run(get(customerTable, invoice.customerId))
      if (!invoice || !customer) return undefined
      const { totalCents } = shownMoney(invoice, pricesShown)
      const open = invoice.balanceCents === 0 ? 'paid' : `${formatMoney(invoice.balanceCents)} open`
      const detail = invoice.state === 'draft' ? 'Draft' : [...(totalCents === null ? [] : [formatMoney(totalCents)]), open, ...(invoice.day === null ? [] : [formatDay(invoice.day)])].join(' \u00B7 ')
      return { kind: 'invoice', id: invoice.id, customerId: customer.id, title: `Invoice ${invoice.number ?? ''}, ${customer.name}`.replace(' ,', ','), detail, flag: '', phone: null }
    }
    case 'lead': {
      const lead = engine.run(get(leadTable, found.id))
      return lead && leadHit(lead, digits)
    }
  }
}

const LEAD_FLAGS: Readonly<Record<Lead['state'], string>> = { new: '', accepted: '', converted: 'Booked', dismissed: 'Dismissed' }

function leadHit(lead: Lead, digits: string): SearchHit {
  const matched = digits === '' ? undefined : lead.phones.find(({ number }) => number?.includes(digits))
  const number = matched?.number ?? lead.phone
  const wants = firstWords(lead.wish || lead.subject || lead.words)
  const detail = [...(number === null ? [] : [formatPhone(number)]), `${LEAD_CHANNEL_NAMES[lead.channel]} of ${lead.sourceName}`, ...(wants === '' ? [] : [wants])].join(' \u00B7 ')
  return { kind: 'lead', id: lead.id, customerId: lead.customerId ?? '', title: leadName(lead), detail, flag: LEAD_FLAGS[lead.state], phone: matched?.number ?? null }
}

/** A record whose own number or name is what was typed comes before one that only mentions it. */
function closeness(hit: SearchHit, typed: string): number {
  const title = foldText(hit.title)
  if (title === typed || title.startsWith(`job ${typed} `) || title.startsWith(`invoice ${typed} `)) return 0
  if (title.startsWith(typed)) return 1
  return title.includes(` ${typed}`) ? 2 : 3
}

/** Shares the places so that one kind never crowds the others out: each gets at least a fifth where it has that many. */
function shared(found: readonly Found[], limit: number): readonly Found[] {
  const least = Math.max(1, Math.floor(limit / 5))
  const taken = new Map<Found['kind'], number>()
  const first: Found[] = []
  const rest: Found[] = []
  for (const hit of found) {
    const count = taken.get(hit.kind) ?? 0
    taken.set(hit.kind, count + 1)
    if (count < least) first.push(hit)
    else rest.push(hit)
  }
  return [...first, ...rest].slice(0, limit)
}

export const searchService: Implementation<typeof searchMethods> = {
  'search.query': ({ text, kinds, limit }, { store, session }) => {
    const pricesShown = session.may('price.see')
    const names = namesIn(store)
    const found = findRecords(text, CANDIDATES, store).filter(({ kind }) => kinds.includes(kind) && (kind !== 'lead' || session.may('job.book')))
    const digits = digitsOf(text).length >= 3 ? digitsOf(text).replace(/^1(?=\d{10}$)/, '') : ''
    const typed = foldText(text)
    const hits = shared(found, limit).flatMap((hit) => hitFor(hit, digits, store, names, pricesShown) ?? [])
    return { hits: hits.toSorted((left, right) => closeness(left, typed) - closeness(right, typed)) }
  },
}
