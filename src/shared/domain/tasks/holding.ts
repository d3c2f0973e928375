import { refuse, type Refused } from '../kernel/refusal.ts'
import type { Role } from '../people/permissions.ts'
import type { User } from '../people/tables.ts'

/** Whose a task is to be: a person, or a role. */
export interface HolderInput {
  readonly assigneeId: string | null
  readonly role: Role | null
}

export interface TaskHolder {
  readonly assigneeId: string | null
  readonly role: Role
}

/** A person's task belongs to the first of their roles, which stands in while they are away without cover. */
export function holderOf(input: HolderInput, users: readonly User[]): TaskHolder | Refused {
  if (input.assigneeId === null) {
    return input.role === null ? refuse('task.nobody', 'Say who does it: a person or a role.', { field: 'assigneeId' }) : { assigneeId: null, role: input.role }
  }
  const person = users.find((user) => user.id === input.assigneeId)
  const role = person?.roles[0]
  if (!person || role === undefined) return refuse('task.nobody', 'This person is not in the office. Choose somebody else, or a role.', { field: 'assigneeId' })
  if (person.presence === 'left') return refuse('task.left', `${person.name} does not work here any more. Choose somebody else, or a role.`, { field: 'assigneeId' })
  return { assigneeId: person.id, role }
}
