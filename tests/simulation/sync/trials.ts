import type { Page } from '../../../src/shared/sync/protocol.ts'
import { Crash, type CrashPoint } from './diskCrashes.ts'
import type { Workstation } from './workstation.ts'

/** Everything about a store that a rebase can change, as one comparable text a table. */
function imageOf(workstation: Workstation): ReadonlyMap<string, string> {
  const { store, tables, replica } = workstation
  const pending = store.sync.pending(replica.cursor)
  const undo = pending.map(({ seq }) => [seq, store.sync.undoImages(seq).map((image) => JSON.stringify(image)).sort()])
  return new Map([
    ...tables.map((table) => [table.name, JSON.stringify(workstation.rows(table))] as const),
    ['cursor', String(replica.cursor)],
    ['pending', JSON.stringify(pending)],
    ['undo', JSON.stringify(undo)],
  ])
}

/** The names of what differs between two images. */
function differences(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): readonly string[] {
  return [...left].flatMap(([name, text]) => (right.get(name) === text ? [] : [name]))
}

/** Carries what a trial saw out of its transaction, and takes the transaction back. */
class TrialOver extends Error {
  readonly image: ReadonlyMap<string, string>

  constructor(image: ReadonlyMap<string, string>) {
    super('The trial is over')
    this.image = image
  }
}

/** What the store would be if everything pending were run again over the page. @throws FeedHole */
function wholeRebase(workstation: Workstation, page: Page): ReadonlyMap<string, string> {
  const { store } = workstation
  try {
    return store.transaction(() => {
      workstation.forgetful().apply(page)
      throw new TrialOver(imageOf(workstation))
    })
  } catch (error) {
    if (error instanceof TrialOver) return error.image
    throw error
  } finally {
    store.engine.forget()
  }
}

/** Takes a page in and compares the outcome with running everything pending again. @throws FeedHole */
export function takeBothWays(workstation: Workstation, page: Page): readonly string[] {
  const whole = wholeRebase(workstation, page)
  workstation.replica.takeIn(page)
  return differences(whole, imageOf(workstation)).map((name) => `${workstation.device.name}: ${name} differs between a rebase of what is concerned and one of everything`)
}

/** Falls over in the middle of a page. @throws Crash, FeedHole */
export function fallWithin(workstation: Workstation, page: Page, point: CrashPoint, onProblem: (text: string) => void): void {
  const before = imageOf(workstation)
  workstation.crashAt(point)
  try {
    workstation.replica.takeIn(page)
  } catch (error) {
    if (error instanceof Crash) {
      for (const name of differences(before, imageOf(workstation))) onProblem(`${workstation.device.name}: ${name} is not as it was after a fall within a page`)
    }
    throw error
  } finally {
    workstation.crashAt(null)
  }
}
