import { rolesMay, type Permission } from '../../shared/domain/people/permissions.ts'
import { type User, userTable } from '../../shared/domain/people/tables.ts'
import { get } from '../../shared/domain/kernel/load.ts'
import type { Store } from '../store/store.ts'
import type { Session } from './service.ts'

/** Who is signed in at which page. A page keeps its client id over a reload, so a reload is not a sign-out. */
export class Sessions {
  readonly #store: Store
  readonly #sessions = new Map<string, Session>()
  readonly #changed: (clientId: string, userId: string | null) => void
  readonly #turned: (clientId: string) => void

  /**
   * @param changed hears who is at a page now; null where it was locked
   * @param turned hears that it is somebody else, or nobody any more: every window of the session must be told
   */
  constructor(store: Store, changed: (clientId: string, userId: string | null) => void = () => undefined, turned: (clientId: string) => void = () => undefined) {
    this.#store = store
    this.#changed = changed
    this.#turned = turned
  }

  user(userId: string | null): User | undefined {
    return userId === null ? undefined : this.#store.engine.run(get(userTable, userId))
  }

  for(clientId: string): Session {
    let session = this.#sessions.get(clientId)
    if (!session) {
      const user = (id: string | null): User | undefined => this.user(id)
      const [changed, turned] = [this.#changed, this.#turned]
      let signedIn: string | null = null
      session = {
        clientId,
        get userId() {
          return signedIn
        },
        set userId(userId: string | null) {
          const before = signedIn
          signedIn = userId
          changed(clientId, userId)
          if (before !== userId) turned(clientId)
        },
        may(permission: Permission) {
          const person = user(this.userId)
          return person !== undefined && person.presence !== 'left' && rolesMay(person.roles, permission)
        },
      }
      this.#sessions.set(clientId, session)
    } else if (session.userId !== null) this.#changed(clientId, session.userId)
    return session
  }

  /** Signs everybody out: the people in the store are others now. */
  signOutAll(): void {
    for (const session of this.#sessions.values()) session.userId = null
  }

  /** Signs out whoever has left, so that an open page of theirs can do nothing more. */
  dropLeavers(): readonly string[] {
    const dropped: string[] = []
    for (const session of this.#sessions.values()) {
      if (session.userId !== null && this.user(session.userId)?.presence === 'left') {
        session.userId = null
        dropped.push(session.clientId)
      }
    }
    return dropped
  }
}
