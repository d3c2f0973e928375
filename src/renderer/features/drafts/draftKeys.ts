import { draftKey } from '../../stores/booking.ts'
import { currentRoute, type Route } from '../../stores/route.ts'

/** The draft that a booking address means: one by its key, else that of the call, of the customer, or of nobody yet. */
export function routeDraftKey({ query }: Pick<Route, 'query'>, userId: string): string {
  return query['draft'] ?? draftKey(query['call'] ?? null, query['customer'] ?? null, userId)
}

/** Whether this address shows that draft. What is about to be picked up has no draft of its own here yet. */
export function showsDraft(route: Pick<Route, 'area' | 'query'>, key: string, userId: string): boolean {
  return route.area === 'booking' && route.query['handed'] === undefined && routeDraftKey(route, userId) === key
}

/**
 * Whether the draft is still what the person looks at, for what runs after an await: the telephone's keys take them to
 * another caller at any moment, and an answer about the one before must not take them away from there.
 */
export const isOnScreen = (key: string, userId: string): boolean => showsDraft(currentRoute(), key, userId)
