import type { PhoneAccountSettings, phoneMethods } from '../../shared/contract/methods/phone.ts'
import { type Implementation, ServiceError } from '../core/service.ts'
import { serverProblem } from './sip/serverAddress.ts'

/** What can be seen to be wrong without asking the server is said at its field. */
function check(account: PhoneAccountSettings): void {
  if (account.kind === 'none') return
  const problem = serverProblem(account.server)
  if (problem !== null) throw new ServiceError('phone.server', problem, { field: 'server' })
  if (account.certificate !== '' && !account.certificate.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ServiceError('phone.certificate', 'This is no certificate. It begins with -----BEGIN CERTIFICATE-----.', { field: 'certificate' })
  }
}

/** The telephone of this workstation: how it is reached, and how its line is. */
export const phoneAccountService: Implementation<typeof phoneMethods> = {
  'phone.state': (_input, { phoneAccount }) => phoneAccount.line(),
  'phone.account': async (_input, { phoneAccount }) => ({ account: phoneAccount.settings, hasPassword: await phoneAccount.hasPassword() }),
  'phone.saveAccount': async ({ account, password }, { phoneAccount }) => {
    check(account)
    await phoneAccount.save(account, password)
    return {}
  },
  'phone.forgetPassword': async (_input, { phoneAccount }) => {
    await phoneAccount.forgetPassword()
    return {}
  },
  'phone.tryAccount': ({ account, password }, { phoneAccount }) => {
    check(account)
    return phoneAccount.tryOut(account, password)
  },
}
