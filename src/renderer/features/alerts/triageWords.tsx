import type { ReactNode } from 'react'
import type { Booking } from '../booking/useBooking.ts'
import type { StepKey } from '../booking/steps.ts'
import { Merge } from '../booking/ScriptStep.tsx'

/** What is said instead while better screening holds: first whether it can wait. */
export function triageWords({ form }: Pick<Booking, 'form'>, etaMinutes: number): Readonly<Partial<Record<StepKey, ReactNode>>> {
  return {
    customer: (
      <>
        “Thank you for calling {form.companyName}. Before anything else: is anyone in danger, or is there gas, smoke, sparks or running water?”
      </>
    ),
    jobType: <>“We are taking the urgent calls first today. What is it about?”</>,
    problem: <>“Is it an emergency? How soon do you need us? Is a small child or anyone ill at home?”</>,
    window: (
      <>
        “This is the first window I can promise. If it gets worse, call us at once: an emergency hears from us within <Merge>{etaMinutes} minutes</Merge>.”
      </>
    ),
  }
}
