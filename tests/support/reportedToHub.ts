import { newId } from '../../src/shared/base/id.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { execute } from '../../src/shared/domain/kernel/execute.ts'
import type { Store } from '../../src/main/store/store.ts'

/**
 * What the hub makes of a fact that another workstation reported, with its rows brought into this store as by the feed.
 * @throws where it is refused: the hub refuses no fact
 */
export function reportedToHub(store: Store, name: string, input: unknown, actorId: string): void {
  const command = COMMANDS.get(name)
  if (!command) throw new Error(`There is no ${name}`)
  const { companyId, engine } = store
  const envelope = { id: newId(), name, version: command.version, at: Date.now(), actorId, companyId, deviceId: newId(), operationId: null, numbers: {}, input }
  const execution = engine.run(execute(command, envelope, 'hub'))
  if (execution.kind !== 'accepted') throw new Error(`${name}: ${JSON.stringify(execution)}`)
  engine.apply(execution.changes)
}
