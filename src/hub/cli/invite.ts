import { CLEARANCES } from '../../shared/domain/kernel/table.ts'
import type { CompanySummary, HubAdmin } from '../core/hubAdmin.ts'
import { enrolmentCodeText } from '../server/enrolmentCode.ts'
import type { HubOptions } from './options.ts'
import { Sentence } from './sentence.ts'

export interface Invitation {
  readonly code: string
  readonly expiresAt: number
  /** Null: the code founds a company. */
  readonly company: CompanySummary | null
}

/** The company a person means; null where there is none yet, or they want another. */
function companyMeant(companies: readonly CompanySummary[], { company, isNew }: Pick<HubOptions, 'company' | 'isNew'>): CompanySummary | null {
  if (isNew) return null
  const names = companies.map(({ name, id }) => `${name} (${id})`).join(', ')
  if (company !== null) {
    const found = companies.filter(({ id, name }) => id === company || name.toLocaleLowerCase('en-US') === company.toLocaleLowerCase('en-US'))
    if (found.length === 1 && found[0]) return found[0]
    throw new Sentence(`The hub has no company \u201c${company}\u201d. It has: ${names || 'none yet'}.`)
  }
  if (companies.length > 1) throw new Sentence(`The hub has several companies; say which with --company: ${names}.`)
  return companies[0] ?? null
}

/** Makes an enrolment code for another workstation, or for the first one of a company. @throws Sentence */
export async function invite(admin: HubAdmin, options: Pick<HubOptions, 'company' | 'isNew' | 'clearances' | 'hours'>, at: { readonly address: string; readonly fingerprint: string | null }): Promise<Invitation> {
  const company = companyMeant(await admin.companies(), options)
  if (company?.state === 'founding') throw new Sentence('The company\u2019s data is still on its way to the hub from its first workstation. Make the code when that one says it is online.')
  // Who brings a company keeps all of it.
  const clearances = company ? options.clearances : CLEARANCES
  const { secret, expiresAt } = await admin.makeCode({ companyId: company?.id ?? null, clearances, seconds: options.hours * 3600, createdBy: null })
  return { code: enrolmentCodeText({ ...at, secret }), expiresAt, company }
}
