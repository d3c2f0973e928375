import type { phoneMethods } from '../../shared/contract/methods/phone.ts'
import type { PhoneAccountSettings, TypedSecrets } from '../../shared/contract/methods/phoneAccounts.ts'
import { type Implementation, ServiceError } from '../core/service.ts'
import type { PhoneAccount } from './account.ts'
import { missingSentence, problemOf, secretProblemOf } from './accountRules.ts'

/** What can be seen to be wrong without asking the server is said at its field. */
async function check(phoneAccount: PhoneAccount, account: PhoneAccountSettings, secrets: TypedSecrets): Promise<void> {
  const problem = problemOf(account) ?? secretProblemOf(account, secrets)
  if (problem !== null) throw new ServiceError(`phone.${problem.field}`, problem.sentence, { field: problem.field })
  const missing = await phoneAccount.missing(account, secrets)
  if (missing.length > 0) throw new ServiceError('phone.secret', missingSentence(missing), { field: missing[0] ?? 'password' })
}

/** The telephone of this workstation: how it is reached, and how its line is. */
export const phoneAccountService: Implementation<typeof phoneMethods> = {
  'phone.state': (_input, { phoneAccount }) => phoneAccount.line(),
  'phone.account': async (_input, { phoneAccount }) => ({ account: phoneAccount.settings, keptSecrets: [...(await phoneAccount.keptSecrets())] }),
  'phone.saveAccount': async ({ account, secrets }, { phoneAccount }) => {
    await check(phoneAccount, account, secrets)
    await phoneAccount.save(account, secrets)
    return {}
  },
  'phone.forgetSecrets': async (_input, { phoneAccount }) => {
    await phoneAccount.forgetSecrets()
    return {}
  },
  'phone.tryAccount': async ({ account, secrets }, { phoneAccount }) => {
    await check(phoneAccount, account, secrets)
    return phoneAccount.tryOut(account, secrets)
  },
}
