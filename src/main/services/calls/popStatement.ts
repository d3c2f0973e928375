import type { PopCandidate } from '../../../shared/contract/methods/calls.ts'
import type { KnownNumber } from '../../../shared/domain/calls/tables.ts'
import type { Store } from '../../store/store.ts'

/** A number on file with more customers than this (a property manager's) is looked at only so far. */
const MOST_SHARERS = 40
const MOST_SHOWN = 4

/**
 * Everything the pop shows, in one statement: one round into SQLite between the ring and the answer.
 * Each part names the index it reads: every index is led by the company, which a planner without statistics
 * takes for selective, and would then read a whole table by. What is JSON is said to be so by
 * json(), because a subquery forgets it. Booleans come back as 0 and 1, and `practice <= this.practice`
 * keeps practice work out of a real caller's pop.
 */
const POP_SQL = `
WITH this_call AS (
  SELECT * FROM call WHERE company_id = :company AND id = :call
),
sharers AS (
  SELECT m.customer_id AS id, min(m.label) AS label
  FROM this_call AS this
  CROSS JOIN contact_method AS m INDEXED BY contact_method_by_value ON m.company_id = :company AND m.kind = 'phone' AND m.value = this.from_number
  GROUP BY m.customer_id
  LIMIT ${MOST_SHARERS}
),
candidates AS (
  SELECT id, max(label) AS label FROM (
    SELECT id, label FROM sharers
    UNION ALL
    SELECT customer_id, '' FROM this_call WHERE customer_id IS NOT NULL
  ) GROUP BY id
),
ranked AS (
  SELECT sharer.id, sharer.label, k.number, k.name, k.kind, k.created_at, k.do_not_service, k.credit_hold, k.bad_debt_at, k.language, k.best_time,
    sharer.id IS this.customer_id AS linked,
    (SELECT max(p.offered_at) FROM call AS p INDEXED BY call_by_number
      WHERE p.company_id = :company AND p.from_number = this.from_number AND p.customer_id = sharer.id AND p.id <> this.id) AS confirmed_at,
    nullif(max(
      coalesce((SELECT max(p.offered_at) FROM call AS p INDEXED BY call_by_customer WHERE p.company_id = :company AND p.customer_id = sharer.id AND p.id <> this.id), 0),
      coalesce((SELECT max(a.window_starts_at) FROM appointment AS a INDEXED BY appointment_by_customer WHERE a.company_id = :company AND a.customer_id = sharer.id AND a.window_starts_at <= :tomorrow), 0)
    ), 0) AS last_activity_at
  FROM candidates AS sharer
  CROSS JOIN this_call AS this
  CROSS JOIN customer AS k ON k.company_id = :company AND k.id = sharer.id AND k.archived = 0
  ORDER BY linked DESC, coalesce(confirmed_at, 0) DESC, coalesce(last_activity_at, 0) DESC, k.name, sharer.id
  LIMIT ${MOST_SHOWN}
)
SELECT json_object(
  'fromNumber', this.from_number,
  'lineName', this.line_name,
  'lineNumber', this.line_number,
  'practice', this.practice,
  'customerId', this.customer_id,
  'locationId', this.location_id,
  'sharedBy', (SELECT count(*) FROM sharers),
  'technician', json((SELECT json_object('technicianId', id, 'name', name) FROM technician WHERE company_id = :company AND phone = this.from_number AND active = 1 LIMIT 1)),
  'known', json((SELECT json_object('kind', k.kind, 'name', k.name, 'note', k.note, 'technicianId', k.technician_id) FROM known_number AS k INDEXED BY known_number_by_number WHERE k.company_id = :company AND k.number = this.from_number LIMIT 1)),
  'candidates', json((SELECT json_group_array(json_object(
    'customerId', best.id,
    'number', best.number,
    'name', best.name,
    'kind', best.kind,
    'since', best.created_at,
    'phoneLabel', best.label,
    'confirmedAt', best.confirmed_at,
    'lastActivityAt', best.last_activity_at,
    'doNotService', best.do_not_service,
    'creditHold', best.credit_hold,
    'badDebt', best.bad_debt_at IS NOT NULL,
    'language', best.language,
    'bestTime', coalesce(best.best_time, ''),
    'locations', json((SELECT json_group_array(json_object('locationId', homes.id, 'line1', homes.line1, 'city', homes.city, 'accessNotes', homes.access_notes, 'gateCode', homes.gate_code, 'pets', homes.pets, 'parking', coalesce(homes.parking, '')))
      FROM (SELECT * FROM location INDEXED BY location_by_customer WHERE company_id = :company AND customer_id = best.id ORDER BY id LIMIT 5) AS homes)),
    'jobs', json((SELECT json_group_array(json_object(
        'jobId', open_jobs.id,
        'number', open_jobs.number,
        'typeName', (SELECT name FROM job_type WHERE company_id = :company AND id = open_jobs.job_type_id),
        'summary', open_jobs.summary,
        'locationId', open_jobs.location_id,
        'visit', json((SELECT json_object(
            'appointmentId', a.id, 'state', a.state, 'day', a.window_day, 'windowStart', a.window_start, 'windowEnd', a.window_end,
            'windowStartsAt', a.window_starts_at, 'windowEndsAt', a.window_ends_at, 'startsAt', a.starts_at, 'arrivedAt', a.arrived_at,
            'holdReason', a.hold_reason,
            'technicianName', (SELECT name FROM technician WHERE company_id = :company AND id = a.technician_id))
          FROM appointment AS a INDEXED BY appointment_by_job
          WHERE a.company_id = :company AND a.job_id = open_jobs.id AND a.state NOT IN ('done', 'canceled')
          ORDER BY a.window_starts_at LIMIT 1))))
      FROM (SELECT * FROM job INDEXED BY job_by_customer WHERE company_id = :company AND customer_id = best.id AND state = 'open' AND practice <= this.practice ORDER BY id DESC LIMIT 6) AS open_jobs)),
    'notes', json((SELECT json_group_array(json_object('noteId', pinned_notes.id, 'body', pinned_notes.body, 'at', pinned_notes.at))
      FROM (SELECT * FROM note INDEXED BY note_by_customer WHERE company_id = :company AND customer_id = best.id AND pinned = 1 ORDER BY at DESC LIMIT 3) AS pinned_notes)),
    'balanceCents', coalesce((SELECT sum(i.balance_cents) FROM invoice AS i INDEXED BY invoice_by_customer WHERE i.company_id = :company AND i.customer_id = best.id AND i.state = 'finalized' AND i.practice <= this.practice), 0),
    'overdueSince', (SELECT min(i.due_day) FROM invoice AS i INDEXED BY invoice_by_customer WHERE i.company_id = :company AND i.customer_id = best.id AND i.state = 'finalized' AND i.balance_cents > 0 AND i.due_at < :now AND i.practice <= this.practice),
    'lastVisit', json((SELECT json_object('doneAt', a.done_at,
          'typeName', (SELECT y.name FROM job AS j JOIN job_type AS y ON y.company_id = :company AND y.id = j.job_type_id WHERE j.company_id = :company AND j.id = a.job_id),
          'technicianName', (SELECT name FROM technician WHERE company_id = :company AND id = a.technician_id))
        FROM appointment AS a INDEXED BY appointment_by_customer WHERE a.company_id = :company AND a.customer_id = best.id AND a.state = 'done' AND a.done_at IS NOT NULL AND a.practice <= this.practice
        ORDER BY a.window_starts_at DESC LIMIT 1)),
    'owedSince', (SELECT min(p.offered_at) FROM call AS p INDEXED BY call_by_customer WHERE p.company_id = :company AND p.customer_id = best.id AND p.follow_up = 'owed' AND p.id <> this.id AND p.practice <= this.practice)
  )) FROM ranked AS best))
) AS pop
FROM this_call AS this`

type Stored<T> = { readonly [K in keyof T]: T[K] extends boolean ? number : T[K] }

/** The statement's answer as SQLite writes it. */
export interface StoredPop {
  readonly fromNumber: string | null
  readonly lineName: string
  readonly lineNumber: string
  readonly practice: number
  readonly customerId: string | null
  readonly locationId: string | null
  readonly sharedBy: number
  readonly technician: { readonly technicianId: string; readonly name: string } | null
  readonly known: Pick<KnownNumber, 'kind' | 'name' | 'note' | 'technicianId'> | null
  readonly candidates: readonly Stored<PopCandidate>[]
}

type Prepared = ReturnType<Store['prepare']>

const prepared = new WeakMap<Store, Prepared>()

/**
 * Reads the pop of one call.
 * @param now epoch milliseconds, from which an invoice is overdue
 * @param tomorrow the end of today where the company is: activity that is only planned after it does not rank
 */
export function readPop(store: Store, callId: string, now: number, tomorrow: number): StoredPop | undefined {
  let statement = prepared.get(store)
  if (!statement) prepared.set(store, (statement = store.prepare(POP_SQL)))
  const row = statement.get({ company: store.companyId, call: callId, now, tomorrow }) as { readonly pop: string } | undefined
  return row && (JSON.parse(row.pop) as StoredPop)
}

/** For the test that no part of the pop scans a table. */
export function explainPop(store: Store): readonly string[] {
  const plan = store.prepare(`EXPLAIN QUERY PLAN ${POP_SQL}`).all({ company: store.companyId, call: '', now: 0, tomorrow: 0 }) as readonly { readonly detail: string }[]
  return plan.map((step) => step.detail)
}
