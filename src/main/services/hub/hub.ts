import type { HubState } from '../../../shared/contract/methods/hub.ts'
import type { hubMethods } from '../../../shared/contract/methods/hub.ts'
import { type Implementation, ServiceError } from '../../core/service.ts'

type HubMethods = Extract<(typeof hubMethods)[number], { readonly name: `hub.${string}` }>

const ALONE: HubState = { link: 'none', since: 0, address: null, deviceName: null, waiting: 0, problem: null, progress: null }

function refuse(): never {
  throw new ServiceError('hub.none', 'This workstation has no hub. Nothing was changed.')
}

/** A workstation of its own: there is nobody to be in step with. */
export const hubService: Implementation<readonly HubMethods[]> = {
  'hub.state': () => ALONE,
  'hub.waiting': () => [],
  'hub.devices': () => [],
  'hub.present': () => [],
  'hub.look': refuse,
  'hub.enrol': refuse,
  'hub.invite': refuse,
  'hub.rename': refuse,
  'hub.revoke': refuse,
  'hub.leave': refuse,
  'hub.syncNow': refuse,
  // A page says where it is without asking whether anybody listens.
  'hub.viewing': () => ({}),
}
