import type { Services } from '../core/service.ts'

export interface Finding {
  readonly check: 'integrity' | 'ledger' | 'promises' | 'jobs'
  readonly problem: string
}

interface Check {
  readonly check: Finding['check']
  /** One row, one problem: its `problem` column says it. */
  readonly sql: string
}

/** What must hold whatever has been done: each statement finds the rows where it does not. */
const CHECKS: readonly Check[] = [
  {
    check: 'ledger',
    sql: `SELECT 'Ledger transaction ' || transaction_id || ' sums to ' || SUM(amount_cents) || ' cents, not to zero.' AS problem
          FROM ledger_entry GROUP BY company_id, transaction_id HAVING SUM(amount_cents) <> 0`,
  },
  {
    check: 'promises',
    sql: `SELECT 'Promise ' || promise.id || ' is held by nobody who works here.' AS problem
          FROM promise WHERE promise.state = 'open' AND NOT EXISTS (
            SELECT 1 FROM user WHERE user.company_id = promise.company_id AND user.presence <> 'left'
              AND (user.id = promise.holder_user_id
                OR (promise.holder_user_id IS NULL AND EXISTS (SELECT 1 FROM json_each(user.roles) WHERE json_each.value = promise.holder_role))))`,
  },
  {
    check: 'jobs',
    sql: `SELECT 'Job ' || job.number || ' has no line.' AS problem
          FROM job WHERE NOT EXISTS (SELECT 1 FROM job_line WHERE job_line.company_id = job.company_id AND job_line.job_id = job.id)`,
  },
]

/** Asks the file and the rules that hold over all rows; an empty answer means all is well. */
export function verify({ store }: Services): readonly Finding[] {
  const integrity = store.check().map((problem): Finding => ({ check: 'integrity', problem }))
  const broken = CHECKS.flatMap(({ check, sql }) => (store.prepare(sql).all() as { readonly problem: string }[]).map(({ problem }): Finding => ({ check, problem })))
  return [...integrity, ...broken]
}
