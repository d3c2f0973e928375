import type { hubMethods } from '../../../shared/contract/methods/hub.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { waitingInWords } from '../attention/waitingInWords.ts'

type HubMethods = Extract<(typeof hubMethods)[number], { readonly name: `hub.${string}` }>

/** A store with a company in it is sent or put aside by nobody but whoever manages it; one that is empty, or half filled by a hub, has no such person. */
function checkMayEnrol({ store, session, hub }: Asked): void {
  const empty = store.engine.run(all(companyTable)).length === 0 || hub.state().progress?.usable === false
  if (!empty && !session.may('hub.manage')) {
    throw new ServiceError('people.notAllowed', 'This workstation holds a company, and only an owner of it may enrol it at a hub. Sign in as an owner, then paste the code again.', { field: 'code' })
  }
}

/** What pages ask about the hub; all of it is answered by the workstation's own side of it. */
export const hubService: Implementation<readonly HubMethods[]> = {
  'hub.state': (_input, { hub }) => hub.state(),
  'hub.waiting': (_input, asked) => waitingInWords(asked.hub.waiting(), asked),
  'hub.devices': async (_input, { hub, actorId }) => [...(await hub.devices(actorId))],
  'hub.present': (_input, { hub }) => [...hub.present()],
  'hub.look': ({ code }, asked) => {
    checkMayEnrol(asked)
    return asked.hub.look(code)
  },
  'hub.enrol': ({ code, name }, asked) => {
    checkMayEnrol(asked)
    return asked.hub.enrol(code, name)
  },
  'hub.invite': ({ clearances }, { hub, actorId }) => hub.invite(actorId, clearances),
  'hub.rename': async ({ deviceId, name }, { hub, actorId }) => {
    await hub.rename(actorId, deviceId, name)
    return {}
  },
  'hub.revoke': async ({ deviceId }, { hub, actorId }) => {
    await hub.revoke(actorId, deviceId)
    return {}
  },
  'hub.leave': (_input, { hub }) => hub.leave(),
  'hub.syncNow': (_input, { hub }) => hub.syncNow(),
  'hub.viewing': ({ record }, { hub, session }) => {
    hub.viewing({ clientId: session.clientId, userId: session.userId, record })
    return {}
  },
}
