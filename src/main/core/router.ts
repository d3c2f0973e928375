import { newId } from '../../shared/base/id.ts'
import { clientFrame, type ContractError, PROTOCOL_VERSION, type ServerFrame } from '../../shared/contract/frames.ts'
import { METHODS } from '../../shared/contract/methods.ts'
import { COMMANDS } from '../../shared/domain/commands.ts'
import { readInput } from '../../shared/domain/kernel/readInput.ts'
import { type Handler, type Services, ServiceError, type Session } from './service.ts'
import { errorDetails } from './log.ts'
import { type CommandRequest, isDiskTrouble } from './runner.ts'
import type { Sessions } from './sessions.ts'
import type { Transport } from './transport.ts'

type Request = Extract<ReturnType<typeof clientFrame.parse>, { t: 'req' }>

export interface RouterParts {
  readonly services: Services
  readonly sessions: Sessions
  readonly handlers: ReadonlyMap<string, Handler>
  /** Checks a second person's sign-in for one command. */
  readonly approve: (approval: { readonly userId: string; readonly pin: string }) => string
  /** Also check what handlers return; on in tests. */
  readonly checkOutputs: boolean
}

/** What the host of a page is told of it. */
export interface ServedPage {
  /** Whether somebody is signed in there now. */
  signedIn(): boolean
  /** Its own, for as long as this connection lasts: the windows of one session share the id that they introduce themselves with. */
  readonly pageId: string
  /** Null until the page has introduced itself. */
  clientId(): string | null
}

/** What a page asks with each letter that somebody types. */
const SAID_WHILE_TYPING: ReadonlySet<string> = new Set(['search.query', 'draft.keep'])

const signIn: ContractError = { code: 'session.signedOut', message: 'Nobody is signed in at this page. Sign in to go on; what you typed is still here.' }

/** Answers one page's frames. Bad input is refused with a code and a sentence; nothing that arrives can stop the backend. */
export class Router {
  readonly #parts: RouterParts

  constructor(parts: RouterParts) {
    this.#parts = parts
  }

  serve(transport: Transport, trustedAs?: string): ServedPage {
    let session: Session | null = null
    const pageId = newId()
    const send = (frame: ServerFrame): void => transport.send(frame)
    transport.onFrame((frame) => {
      const parsed = clientFrame.safeParse(frame)
      if (!parsed.success) {
        send({ t: 'err', id: requestId(frame), error: { code: 'frame.invalid', message: 'Baton could not read what this page sent. Reload the page.' } })
        return
      }
      if (parsed.data.t === 'hello') {
        session = this.#parts.sessions.for(parsed.data.clientId)
        if (trustedAs !== undefined) session.userId = trustedAs
        send({ t: 'hello', protocol: PROTOCOL_VERSION, version: this.#parts.services.version, startupError: null })
        return
      }
      const request = parsed.data
      if (!session) {
        send({ t: 'err', id: request.id, error: { code: 'frame.noHello', message: 'This page did not introduce itself. Reload the page.' } })
        return
      }
      void this.#answer(request, session, pageId).then(
        (result) => send({ t: 'ok', id: request.id, result }),
        (error: unknown) => send({ t: 'err', id: request.id, error: this.#explain(error, request.method) }),
      )
    })
    return {
      pageId,
      signedIn: () => typeof session?.userId === 'string',
      clientId: () => session?.clientId ?? null,
    }
  }

  async #answer(request: Request, session: Session, pageId: string): Promise<unknown> {
    if (SAID_WHILE_TYPING.has(request.method)) this.#parts.services.background.typed()
    if (COMMANDS.has(request.method)) return this.#command(request, session)
    const method = METHODS.get(request.method)
    const handler = this.#parts.handlers.get(request.method)
    if (!method || !handler) throw new ServiceError('method.unknown', `Baton has no method named ${request.method}. Reload the page; it may be older than the application.`)
    if (method.permission !== null) {
      if (session.userId === null) throw new ServiceError(signIn.code, signIn.message)
      if (!session.may(method.permission)) throw new ServiceError('people.notAllowed', `Your roles do not include the right \u201c${method.permission}\u201d.`)
    }
    const input = readInput(method.input, request.input ?? {})
    if (input.kind === 'unreadable') throw new ServiceError('input.invalid', input.message, { field: input.field })
    const result = await handler(input.value, { ...this.#parts.services, session, pageId, actorId: session.userId ?? '' })
    if (this.#parts.checkOutputs) method.output.parse(result)
    return result
  }

  async #command(request: Request, session: Session): Promise<unknown> {
    if (session.userId === null) throw new ServiceError(signIn.code, signIn.message)
    const actorId = request.approval ? this.#parts.approve(request.approval) : session.userId
    const { services } = this.#parts
    const command: CommandRequest = {
      name: request.method,
      input: request.input,
      actorId,
      ...(request.commandId === undefined ? {} : { commandId: request.commandId }),
    }
    const definition = COMMANDS.get(request.method)
    if (definition?.clearance && !services.hub.keeps(definition.clearance)) {
      throw new ServiceError('people.notKeptHere', 'This workstation keeps no such records. Use one that was enrolled for them; Settings, Hub lists which.')
    }
    const outcome = definition?.online === true ? await services.hub.runAwaited(command) : services.run(command)
    switch (outcome.kind) {
      case 'refused': {
        const { code, message, ...more } = outcome.refusal
        throw new ServiceError(code, message, more)
      }
      case 'accepted':
        return { commandId: outcome.commandId, changed: outcome.changes.map(({ table, id }) => ({ table: table.name, id })) }
      case 'repeated':
      case 'parked':
        return { commandId: outcome.commandId, changed: [] }
    }
  }

  #explain(error: unknown, method: string): ContractError {
    if (error instanceof ServiceError) return error.error
    this.#parts.services.log.error('request.failed', { method, ...errorDetails(error) })
    if (isDiskTrouble(error)) {
      return { code: 'store.disk', message: 'This was not saved: the disk is full or can\u2019t be written. What was saved before is safe. Free some space, then try again.' }
    }
    return { code: 'backend.failed', message: 'Baton could not do this. Nothing was changed; what you typed is still here. Try again, and if it stays so, look at the log.' }
  }
}

function requestId(frame: unknown): number {
  const id = typeof frame === 'object' && frame !== null && 'id' in frame ? frame.id : 0
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : 0
}
