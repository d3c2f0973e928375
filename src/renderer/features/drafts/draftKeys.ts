import { draftKey } from '../../stores/booking.ts'
import type { Route } from '../../stores/route.ts'

/** The draft that a booking address means: one by its key, else that of the call, of the customer, or of nobody yet. */
export function routeDraftKey({ query }: Pick<Route, 'query'>, userId: string): string {
  return query['draft'] ?? draftKey(query['call'] ?? null, query['customer'] ?? null, userId)
}
