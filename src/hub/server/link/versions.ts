import { SYNC_PROTOCOL } from '../../../shared/sync/protocol.ts'

/** What a workstation says of itself. */
export interface WorkstationVersion {
  readonly protocol: number
  /** The number of its store's newest migration. */
  readonly schema: number
  readonly version: string
}

export interface HubVersion {
  readonly version: string
  readonly schema: number
  /** The oldest store that the company's rows still fit into. */
  readonly minSchema: number
}

export interface UpgradeNeeded {
  readonly older: 'workstation' | 'hub'
  /** Which side is older, and what to do. */
  readonly message: string
}

/** Whether these two can work together; undefined where they can. */
export function upgradeNeeded(theirs: WorkstationVersion, ours: HubVersion): UpgradeNeeded | undefined {
  if (theirs.protocol > SYNC_PROTOCOL || theirs.schema > ours.schema) {
    return {
      older: 'hub',
      message: `The hub\u2019s Baton (${ours.version}) is older than this workstation\u2019s (${theirs.version}). Work goes on here, and what is done is kept. Update the hub (stop it, fetch the new Baton, npm run hub); this workstation then connects by itself.`,
    }
  }
  if (theirs.protocol < SYNC_PROTOCOL || theirs.schema < ours.minSchema) {
    return {
      older: 'workstation',
      message: `This workstation\u2019s Baton (${theirs.version}) is older than the hub (${ours.version}) can work with. Work goes on here, and what is done is kept. Update Baton on this workstation and start it again; it then connects by itself.`,
    }
  }
  return undefined
}
