import type { Route } from '../stores/route.ts'

/** What a screen is given: where in its area the page is. Read with `route.path` and `route.query`, change with `navigate`. */
export interface ScreenProps {
  readonly route: Route
}
