/** A draft on its way to the store of this workstation; null lets it go. */
export interface Keeping {
  readonly revision: number
  readonly body: string
}

export interface KeeperPort {
  keep(key: string, keeping: Keeping): Promise<unknown>
  drop(key: string): Promise<unknown>
}

/** Brings every change of the drafts into the store, in their order, without ever letting the typist wait. */
export interface DraftKeeper {
  /** Says what the draft is now; what was said before and has not gone out yet is passed over. */
  say(key: string, keeping: Keeping | null): void
  /** Sends once more what could not be kept, after a connection came back. */
  retry(): void
  /** Drafts whose last change is not in the store yet. */
  waiting(): readonly string[]
}

/**
 * One message is on its way at a time, and always the newest of its draft follows: however fast somebody types, what a
 * killed browser can lose is what was typed while one message travelled.
 */
export function createDraftKeeper(port: KeeperPort): DraftKeeper {
  const unsaid = new Map<string, Keeping | null>()
  /** Those of them that could not be kept and in which nothing was typed since: they hold no other draft up. */
  const refused = new Set<string>()
  let travelling = false

  const send = async (key: string, keeping: Keeping | null): Promise<void> => {
    try {
      await (keeping === null ? port.drop(key) : port.keep(key, keeping))
    } catch {
      // Newer words stand for these; where there are none, these wait for the next ones or for the connection.
      if (!unsaid.has(key)) {
        unsaid.set(key, keeping)
        refused.add(key)
      }
    }
    travelling = false
    next()
  }

  const next = (): void => {
    if (travelling) return
    const first = unsaid.entries().find(([key]) => !refused.has(key))
    if (!first) return
    const [key, keeping] = first
    unsaid.delete(key)
    travelling = true
    void send(key, keeping)
  }

  return {
    say: (key, keeping) => {
      refused.delete(key)
      unsaid.set(key, keeping)
      next()
    },
    retry: () => {
      refused.clear()
      next()
    },
    waiting: () => [...unsaid.keys()],
  }
}
