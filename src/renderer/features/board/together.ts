/**
 * Acts that go out one after the other. Most stand alone: where one is refused the others still go. Those of one group hold only
 * together, as visits that change places do: where one is refused, what the group has done is put back, the last first.
 */

interface Grouped {
  /** Which others it holds together with; without one it stands alone. */
  readonly group?: number | undefined
}

export interface Failed<Act> {
  readonly act: Act
  readonly thrown: unknown
}

export interface Outcome<Act, Done> {
  /** What was done and stands. */
  readonly done: readonly Done[]
  /** What stands as it stood: it was refused, or put back because another of its group was. */
  readonly stayed: readonly Failed<Act>[]
  /** What was to be put back and could not be: it stands where the group left it. */
  readonly adrift: readonly Failed<Act>[]
}

export interface Hands<Act, Done> {
  readonly carry: (act: Act) => Promise<Done>
  readonly putBack: (done: Done) => Promise<void>
}

/** Carries acts out in their order. A refusal is an answer here; nothing is thrown. */
export async function carryTogether<Act extends Grouped, Done>(acts: readonly Act[], { carry, putBack }: Hands<Act, Done>): Promise<Outcome<Act, Done>> {
  let done: { readonly act: Act; readonly done: Done }[] = []
  const [stayed, adrift]: [Failed<Act>[], Failed<Act>[]] = [[], []]
  const failed = new Map<number, unknown>()
  for (const act of acts) {
    const { group } = act
    if (group !== undefined && failed.has(group)) {
      stayed.push({ act, thrown: failed.get(group) })
      continue
    }
    try {
      done.push({ act, done: await carry(act) })
    } catch (thrown) {
      stayed.push({ act, thrown })
      if (group === undefined) continue
      failed.set(group, thrown)
      for (const one of done.filter((each) => each.act.group === group).toReversed()) {
        try {
          await putBack(one.done)
          done = done.filter((each) => each !== one)
          stayed.push({ act: one.act, thrown })
        } catch (stuck) {
          adrift.push({ act: one.act, thrown: stuck })
        }
      }
    }
  }
  return { done: done.map((one) => one.done), stayed, adrift }
}
