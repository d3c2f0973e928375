import type { OfficePerson, SessionCompany } from '../../stores/session.ts'
import { WholePage } from '../shell/StartPages.tsx'
import { pinHint, SignInForm } from './SignInForm.tsx'

export interface SignInPageProps {
  readonly company: SessionCompany
  readonly people: readonly OfficePerson[]
}

/** Nobody has signed in at this page yet. */
export function SignInPage({ company, people }: SignInPageProps) {
  return (
    <WholePage label="Sign in">
      <h1 className="h1">Sign in to {company.name}</h1>
      <p className="t2">Everything you do here is recorded with your name and the time.</p>
      <SignInForm people={people} before={null} action="Sign in" hint={pinHint(company)} />
    </WholePage>
  )
}
