import type { MediaNews, MediaOperation } from '../../shared/contract/media.ts'
import type { Peer } from './peer.ts'
import { Recorder } from './recorder.ts'

/** What is recorded at this page, by connection: at most one tape of each. */
export class Recorders {
  readonly #recorders = new Map<number, Recorder>()
  readonly #say: (news: MediaNews) => void

  constructor(say: (news: MediaNews) => void) {
    this.#say = say
  }

  /** @throws where the browser does not let the page listen */
  async record(pc: number, peer: Peer, { to, tape }: Extract<MediaOperation, { kind: 'record' }>): Promise<void> {
    if (this.#recorders.get(pc)?.tape !== tape) this.drop(pc)
    if (to === 'off') return this.drop(pc)
    let recorder = this.#recorders.get(pc)
    if (!recorder) this.#recorders.set(pc, (recorder = await Recorder.begin(tape, [peer.track, peer.remote], this.#say)))
    await recorder.pause(to === 'paused')
  }

  /** Another microphone is spoken with in that connection. */
  hearOffice(pc: number, { track }: Peer): void {
    this.#recorders.get(pc)?.hearOffice(track)
  }

  drop(pc: number): void {
    void this.#recorders.get(pc)?.stop()
    this.#recorders.delete(pc)
  }

  dropAll(): void {
    for (const pc of [...this.#recorders.keys()]) this.drop(pc)
  }
}
