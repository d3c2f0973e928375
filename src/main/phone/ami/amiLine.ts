import { randomUUID } from 'node:crypto'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { dialledAs, diallable } from '../observed/dialled.ts'
import { type Asked, type AskedOfCall, type AskedOfNone, NO_EXTENSION, ObservedLine } from '../observed/observedLine.ts'
import { machineWorld, type PhoneWorld } from '../observed/world.ts'
import type { Ability, AmiAccount, Target } from '../port.ts'
import { AmiCalls } from './amiCalls.ts'
import { AmiConnection } from './amiConnection.ts'
import type { AmiMessage } from './amiMessages.ts'

/** Holding is done on the telephone itself: the Manager Interface has no action for it, nor for answering. */
export const AMI_ABILITIES: readonly Ability[] = ['reject', 'hangUp', 'dial', 'mute', 'digits', 'transfer', 'transferToNumber', 'consult']

const RINGS_MS = '30000'
const CANT = 'The telephone system did not do that. The call is as it was; try again, or use the telephone itself.'
const NOT_FOUND = 'The telephone system has no line for this call any more.'
const BUSY_REASON = '5'

const hangUp = (channel: string, cause = '16') => ({ Action: 'Hangup', Channel: channel, Cause: cause })

/** A desk telephone behind Asterisk, seen and steered by its Manager Interface. */
export class AmiLine extends ObservedLine {
  readonly #account: AmiAccount
  readonly #calls: AmiCalls
  readonly #connection: AmiConnection

  constructor(account: AmiAccount, world: PhoneWorld = machineWorld) {
    super(world, { adapter: 'ami', account: `Extension ${account.extension} at ${account.host}`, abilities: AMI_ABILITIES })
    this.#account = account
    this.#calls = new AmiCalls({ extension: account.extension, book: this.book, onExtension: (extension, state) => this.extensionIs(extension, state), onUnwanted: (channel) => void this.#done(hangUp(channel)).catch(() => undefined) })
    this.#connection = new AmiConnection(account, world, {
      ready: () => void this.#catchUp(),
      down: (sentence) => this.lineIs('down', sentence),
      event: (event) => this.#take(event),
    })
    this.#connection.open()
  }

  protected shutDown(): void {
    this.#connection.close()
  }

  protected override can(ability: Ability, command: Asked): boolean {
    // A consultation can be called off, though nothing else can be taken back from here.
    if (command.kind === 'resume') {
      const key = this.book.keyOf(command.externalId)
      return key !== null && this.book.state(key) === 'consulting'
    }
    return super.can(ability, command)
  }

  protected askOfNone(command: AskedOfNone): Promise<string | null> {
    return command.kind === 'dial' ? this.#dial(command.number, command.agentId) : Promise.resolve(CANT)
  }

  protected async askOfCall(command: AskedOfCall, key: string): Promise<string | null> {
    const { mine, far } = this.#calls.channelsOf(key)
    switch (command.kind) {
      case 'reject':
      case 'hangUp': {
        // Before the telephone here was taken there may be no channel of ours; then the other one is ended.
        const channel = mine ?? far
        this.#calls.endingHere(key)
        if (channel === null) return this.book.state(key) === 'dialing' ? null : NOT_FOUND
        return this.#done(hangUp(channel, command.kind === 'reject' ? '21' : '16'))
      }
      case 'mute': {
        const refused = mine === null ? NOT_FOUND : await this.#done({ Action: 'MuteAudio', Channel: mine, Direction: 'in', State: command.on ? 'on' : 'off' })
        if (refused === null) this.book.muted(key, command.on)
        return refused
      }
      case 'digits':
        return mine === null ? NOT_FOUND : this.#tones(mine, command.digits)
      case 'transfer':
        return this.#transfer(key, far, command.to)
      case 'consult':
        return this.#consult(key, mine, command.to)
      case 'completeTransfer':
        // Asterisk puts the caller through when whoever asked hangs up.
        return mine === null ? NOT_FOUND : this.#done(hangUp(mine))
      case 'resume': {
        const refused = mine === null ? NOT_FOUND : await this.#done({ Action: 'CancelAtxfer', Channel: mine })
        if (refused === null) this.book.talking(key)
        return refused
      }
      case 'answer':
      case 'hold':
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
    const { technology, extension, context } = this.#account
    const id = `baton-${randomUUID()}`
    this.#calls.ordered(id, number, agentId)
    const fields = { Action: 'Originate', ChannelId: id, Channel: `${technology}/${extension}`, Context: context, Exten: exten, Priority: '1', CallerID: `${exten} <${exten}>`, Timeout: RINGS_MS, Async: 'true' }
    const refused = await this.#done(fields).catch(() => CANT)
    if (refused !== null) this.#calls.orderFailed(id, false)
    return refused
  }

  async #tones(channel: string, digits: string): Promise<string | null> {
    if (!/^[0-9*#]{1,40}$/.test(digits)) return 'Only the keys of a telephone can be sent.'
    for (const digit of digits) {
      const refused = await this.#done({ Action: 'PlayDTMF', Channel: channel, Digit: digit })
      if (refused !== null) return refused
    }
    return null
  }

  async #transfer(key: string, far: string | null, to: Target): Promise<string | null> {
    const exten = dialledAs(to)
    if (exten === null) return NO_EXTENSION
    if (far === null) return NOT_FOUND
    const whom = { toAgentId: to.kind === 'colleague' ? to.agentId : null, toNumber: exten }
    // Our own channel may end before the answer comes, and is not to be taken for the end of the call.
    this.#calls.moving(key, whom)
    const refused = await this.#done({ Action: 'Redirect', Channel: far, Context: this.#account.context, Exten: exten, Priority: '1' }).catch(() => CANT)
    if (refused === null) this.book.transferring(key, whom)
    else this.#calls.moving(key, null)
    return refused
  }

  async #consult(key: string, mine: string | null, to: Target): Promise<string | null> {
    const exten = dialledAs(to)
    if (exten === null) return NO_EXTENSION
    if (mine === null) return NOT_FOUND
    const refused = await this.#done({ Action: 'Atxfer', Channel: mine, Context: this.#account.context, Exten: exten })
    if (refused === null) this.book.consult(key, { toAgentId: to.kind === 'colleague' ? to.agentId : null, toNumber: exten })
    return refused
  }

  async #done(fields: Readonly<Record<string, string>>): Promise<string | null> {
    const answer = await this.#connection.ask(fields)
    return answer.get('response') === 'Success' ? null : CANT
  }

  /** Asks what is up before saying that the line is ready: a call may have begun or ended meanwhile. */
  async #catchUp(): Promise<void> {
    this.#calls.askedAnew()
    try {
      await this.#connection.ask({ Action: 'CoreShowChannels' })
    } catch {
      // The line broke, which was said.
    }
  }

  #take(event: AmiMessage): void {
    switch (event.get('event')) {
      case 'CoreShowChannel':
        return this.#calls.listed(event)
      case 'CoreShowChannelsComplete':
        this.#calls.allListed()
        return this.lineIs('ready')
      case 'OriginateResponse':
        if (event.get('response') === 'Failure') this.#calls.orderFailed(event.get('uniqueid') ?? '', event.get('reason') === BUSY_REASON)
        return
      default:
        return this.#calls.take(event)
    }
  }
}
