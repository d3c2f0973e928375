import { randomUUID } from 'node:crypto'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { dialledAs, diallable } from '../observed/dialled.ts'
import { type Asked, type AskedOfCall, type AskedOfNone, NO_EXTENSION, ObservedLine } from '../observed/observedLine.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { Ability, EslAccount, Target } from '../port.ts'
import { EslCalls } from './eslCalls.ts'
import { EslConnection, type EslEvent } from './eslConnection.ts'
import { eventIn } from './eslMessages.ts'

/** Answering is done on the telephone itself: FreeSWITCH can’t take a ring for a telephone. */
export const ESL_ABILITIES: readonly Ability[] = ['reject', 'hangUp', 'hold', 'dial', 'digits', 'transfer', 'transferToNumber']

const RINGS_SECONDS = 30
const CANT = 'The telephone system did not do that. The call is as it was; try again, or use the telephone itself.'
const NOT_FOUND = 'The telephone system has no line for this call any more.'
/** What a name in the dial plan or the directory may be made of; it stands in a command between spaces. */
const PLAN_NAME = /^[\w.-]{1,100}$/

/** A desk telephone behind FreeSWITCH, seen and steered by its event socket. */
export class EslLine extends ObservedLine {
  readonly #account: EslAccount
  readonly #calls: EslCalls
  readonly #connection: EslConnection

  constructor(account: EslAccount, world: PhoneWorld = machineWorld) {
    super(world, { adapter: 'esl', account: `Extension ${account.extension} at ${account.host}`, abilities: ESL_ABILITIES })
    this.#account = account
    this.#calls = new EslCalls({
      extension: account.extension,
      book: this.book,
      onExtension: (extension, state) => this.extensionIs(extension, state),
      onUnwanted: (leg) => void this.#done(`uuid_kill ${leg} NORMAL_CLEARING`).catch(() => undefined),
    })
    this.#connection = new EslConnection(account, world, {
      ready: () => void this.#catchUp(),
      down: (sentence) => this.lineIs('down', sentence),
      event: (event) => this.#calls.take(event),
    })
    this.#connection.open()
  }

  protected shutDown(): void {
    this.#connection.close()
  }

  protected override can(ability: Ability, command: Asked): boolean {
    if (command.kind !== 'resume') return super.can(ability, command)
    // A transfer can’t be taken back from here, only a hold.
    const key = this.book.keyOf(command.externalId)
    return key === null || this.book.state(key) !== 'transferring'
  }

  protected askOfNone(command: AskedOfNone): Promise<string | null> {
    return command.kind === 'dial' ? this.#dial(command.number, command.agentId) : Promise.resolve(CANT)
  }

  protected async askOfCall(command: AskedOfCall, key: string): Promise<string | null> {
    const { mine, far } = this.#calls.legsOf(key)
    switch (command.kind) {
      case 'reject':
      case 'hangUp': {
        const leg = mine ?? far
        this.#calls.endingHere(key, command.kind === 'reject' ? 'rejected' : 'hungUp')
        if (leg === null) return this.book.state(key) === 'dialing' ? null : NOT_FOUND
        return this.#done(`uuid_kill ${leg} ${command.kind === 'reject' ? 'CALL_REJECTED' : 'NORMAL_CLEARING'}`)
      }
      case 'hold':
        return mine === null ? NOT_FOUND : this.#done(`uuid_hold ${mine}`)
      case 'resume':
        return mine === null ? NOT_FOUND : this.#done(`uuid_hold off ${mine}`)
      case 'digits':
        if (!/^[0-9*#]{1,40}$/.test(command.digits)) return 'Only the keys of a telephone can be sent.'
        return far === null ? NOT_FOUND : this.#done(`uuid_send_dtmf ${far} ${command.digits}`)
      case 'transfer':
        return this.#transfer(key, far, command.to)
      case 'answer':
      case 'mute':
      case 'consult':
      case 'completeTransfer':
      case 'conference':
      case 'record':
        return CANT
      default:
        return assertNever(command, 'telephone command')
    }
  }

  async #dial(number: string, agentId: string): Promise<string | null> {
    const exten = diallable(number)
    if (exten === null) return 'This is no number that can be dialled.'
    const { extension, domain, context } = this.#account
    if (![extension, domain, context].every((name) => PLAN_NAME.test(name))) return 'Extension, domain or context of this telephone are not right. Check them under Settings, Phone.'
    const id = randomUUID()
    this.#calls.ordered(id, number, agentId)
    const variables = `{origination_uuid=${id},origination_caller_id_number=${exten},originate_timeout=${RINGS_SECONDS},ignore_early_media=true}`
    // Where the line breaks meanwhile, what is up is asked for when it is back.
    const outcome = await this.#connection.job(`originate ${variables}user/${extension}@${domain} ${exten} XML ${context}`).catch(() => '+OK')
    if (!outcome.startsWith('+OK')) this.#calls.orderFailed(id, outcome)
    return null
  }

  async #transfer(key: string, far: string | null, to: Target): Promise<string | null> {
    const exten = dialledAs(to)
    if (exten === null) return NO_EXTENSION
    if (far === null) return NOT_FOUND
    const whom = { toAgentId: to.kind === 'colleague' ? to.agentId : null, toNumber: exten }
    // Our own leg may end before the answer comes, and is not to be taken for the end of the call.
    this.#calls.moving(key, whom)
    const refused = await this.#done(`uuid_transfer ${far} ${exten} XML ${this.#account.context}`).catch(() => CANT)
    if (refused === null) this.book.transferring(key, whom)
    else this.#calls.moving(key, null)
    return refused
  }

  async #done(command: string): Promise<string | null> {
    return (await this.#connection.job(command)).startsWith('+OK') ? null : CANT
  }

  /** Asks what is up before saying that the line is ready: a call may have begun or ended meanwhile. */
  async #catchUp(): Promise<void> {
    try {
      const rows = rowsIn(await this.#connection.ask('api show channels as json'))
      if (rows) this.#calls.listed(rows)
      this.lineIs('ready')
    } catch {
      // The line broke, which was said.
    }
  }
}

/** @returns null where what came is no list: then nothing is taken for gone */
function rowsIn(body: string): readonly EslEvent[] | null {
  try {
    const { row_count: count, rows = [] } = JSON.parse(body) as { readonly row_count?: unknown; readonly rows?: unknown }
    if (typeof count !== 'number' || !Array.isArray(rows)) return null
    const list: readonly unknown[] = rows
    return list.map((row) => eventIn(JSON.stringify(row))).filter((row) => row !== null)
  } catch {
    return null
  }
}
