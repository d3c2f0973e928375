import type { Check } from './company.ts'

/**
 * Document numbers run without a hole in each workstation's series. A number also counts where its command could not stand:
 * it is with the refused change, or in the log of commands while that is kept.
 */
const NUMBERS = `SELECT 'invoice' AS kind, number FROM invoice WHERE company_id = $1 AND number IS NOT NULL
UNION SELECT 'job', number FROM job WHERE company_id = $1
UNION SELECT n.key, n.value FROM refused_change r, json_each_text(r.numbers::json) n WHERE r.company_id = $1
UNION SELECT n.key, n.value FROM hub_command h, json_each_text(h.command::json -> 'numbers') n WHERE h.company_id = $1`

/** Below these, numbers came from elsewhere with an import. */
const FIRST: Readonly<Record<string, number>> = { invoice: 20_001, job: 48_001 }

const TWICE: Check = async (company) => {
  const twice = await company.select<{ number: string; count: number }>(`SELECT number, count(*) AS count FROM invoice WHERE company_id = $1 AND number IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 1`)
  return twice.map(({ number, count }) => `${count} invoices have the number ${number}.`)
}

function holes(kind: string, prefix: string, numbers: readonly number[]): readonly string[] {
  const sorted = numbers.toSorted((left, right) => left - right)
  return sorted.flatMap((number, index) => {
    const before = sorted[index - 1]
    if (before === undefined || number - before <= 1) return []
    const missing = number - before === 2 ? `${prefix}${before + 1} is` : `${prefix}${before + 1} to ${prefix}${number - 1} are`
    return [`The ${kind} numbers have a hole: ${missing} on no ${kind} and on no refused change.`]
  })
}

export const numbersHaveNoHoles: Check = async (company) => {
  const prefixes = new Set((await company.select<{ prefix: string }>('SELECT prefix FROM hub_device WHERE company_id = $1')).map(({ prefix }) => prefix))
  const series = new Map<string, { readonly kind: string; readonly prefix: string; readonly numbers: number[] }>()
  for (const { kind, number } of await company.select<{ kind: string; number: string }>(NUMBERS)) {
    const [, prefix = '', digits = ''] = /^([A-Z]*)([0-9]{1,15})$/.exec(number) ?? []
    const first = FIRST[kind]
    if (first === undefined || digits === '' || !prefixes.has(prefix) || Number(digits) < first) continue
    const key = `${kind}/${prefix}`
    let found = series.get(key)
    if (!found) series.set(key, (found = { kind, prefix, numbers: [] }))
    found.numbers.push(Number(digits))
  }
  return [...(await TWICE(company)), ...[...series.values()].flatMap(({ kind, prefix, numbers }) => holes(kind, prefix, numbers))]
}
