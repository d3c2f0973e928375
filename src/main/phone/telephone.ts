import type { Log } from '../core/log.ts'
import { openAdapter, tryAdapter } from './adapters.ts'
import { PhoneSwitch } from './phoneSwitch.ts'
import { PracticeLine } from './practiceLine.ts'
import { MediaBridge } from './sip/mediaBridge.ts'

/** What a host has of the telephone: the port for the backend, and where its media page is tied to. */
export interface Telephone {
  readonly phone: PhoneSwitch
  readonly media: MediaBridge
}

/** The telephone of a host: the practice line, and whatever real one is set up. */
export function openTelephone(log: Log): Telephone {
  const media = new MediaBridge(log)
  const phone = new PhoneSwitch({
    practice: new PracticeLine(),
    open: (account) => openAdapter(account, { log, media }),
    tryOut: (account) => tryAdapter(account, { log, media }),
    log,
  })
  return { phone, media }
}
