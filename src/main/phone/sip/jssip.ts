import jssip from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession.js'
import type { Subscriber } from 'jssip/lib/Subscriber.js'
import type { UA, UAConfiguration } from 'jssip/lib/UA.js'
import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage.js'
import { RemotePeer } from './remotePeer.ts'

/**
 * JsSIP (3.13.8) as this process uses it: the one file that knows it was written for a browser. It asks for
 * `window.RTCPeerConnection` before it takes or makes a call, and makes its connections with the global one; both are
 * our proxy, which is told its media page by its configuration.
 */

class SessionDescription {
  readonly type: string
  readonly sdp: string

  constructor({ type, sdp }: { readonly type: string; readonly sdp: string }) {
    this.type = type
    this.sdp = sdp
  }
}

const standIns = { RTCPeerConnection: RemotePeer, RTCSessionDescription: SessionDescription, window: { RTCPeerConnection: RemotePeer } }
for (const [name, value] of Object.entries(standIns)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false })
}

// Its own log writes whole messages, credentials and all, wherever DEBUG names it.
jssip.debug.disable()

export const newUserAgent = (configuration: UAConfiguration): UA => new jssip.UA(configuration)

interface RequestHandlers {
  readonly onErrorResponse?: (response?: IncomingResponse) => void
  readonly onDialogError?: (response?: IncomingResponse) => void
  readonly onTransportError?: () => void
  readonly onRequestTimeout?: () => void
}

interface RequestOptions {
  readonly extraHeaders?: readonly string[]
  readonly body?: string
  readonly eventHandlers?: RequestHandlers
}

interface Dialog {
  sendRequest(method: string, options?: RequestOptions): unknown
  receiveRequest(request: IncomingRequest): void
}

/** What JsSIP leaves undeclared and a call can't be mended without. The version is pinned; the lab's tests hold it. */
export interface SessionInsides {
  readonly _ua: Pick<UA, 'isConnected' | 'isRegistered'> & { once(event: 'connected', listener: () => void): unknown }
  readonly _dialog?: Dialog
  sendRequest(method: string, options?: RequestOptions): unknown
  onTransportError(): void
  onRequestTimeout(): void
  _connection: RemotePeer | null
  _connectionPromiseQueue: Promise<unknown>
  _rtcReady: boolean
  _iceReady: boolean
  _localHold: boolean
  readonly _remoteHold: boolean
  readonly _request: { readonly call_id: string }
  _createRTCConnection(config: object): void
  _setLocalMediaStatus(): void
  _sendReinvite(options: { readonly eventHandlers: { readonly succeeded: () => void; readonly failed: (response?: IncomingResponse) => void }; readonly extraHeaders?: readonly string[] }): void
}

export const insidesOf = (session: RTCSession): SessionInsides => session as unknown as SessionInsides

const DOES_NOT_EXIST = 481

/**
 * JsSIP hangs up where an offer in a call that is up meets a line that is down, or is not answered in time. The words go
 * another way than the line and go on: such an offer is refused, and only a far end that knows no such call ends it. A
 * farewell that the line swallows is said once more when the line is back, or the caller would listen to silence.
 */
export function outliveTheLine(session: RTCSession): void {
  const insides = insidesOf(session)
  const send = insides.sendRequest.bind(session)
  insides.sendRequest = (method, options = {}) => {
    const { _dialog: dialog, _ua: ua } = insides
    const { eventHandlers = {} } = options
    if (method === 'BYE') return send(method, { ...options, eventHandlers: { ...eventHandlers, onTransportError: () => ua.once('connected', () => dialog?.sendRequest(method, options)) } })
    if (method !== 'INVITE' && method !== 'UPDATE') return send(method, options)
    const refused = (response?: IncomingResponse): void => eventHandlers.onErrorResponse?.(response)
    const unknownThere = (response?: IncomingResponse): void => (response?.status_code === DOES_NOT_EXIST ? eventHandlers.onDialogError?.(response) : refused(response))
    return send(method, { ...options, eventHandlers: { ...eventHandlers, onTransportError: () => refused(), onRequestTimeout: () => refused(), onDialogError: unknownThere } })
  }
}

/** A proxy that works in several processes hands on in any order what it got in one; so far apart, and no further. */
const OVERTAKES_BY_MS = 400

/**
 * Reads a farewell only after what may have been sent before it: whoever was put through says first that they are, then
 * good-bye, and a farewell read first would say that they hung up. JsSIP would also refuse what it overtook.
 * @returns ends the waiting; what waits is read at once
 */
export function readFarewellsLast(session: RTCSession): () => void {
  const { _dialog: dialog } = insidesOf(session)
  if (!dialog) return () => undefined
  const read = dialog.receiveRequest.bind(dialog)
  let farewell: { readonly request: IncomingRequest; readonly timer: NodeJS.Timeout } | null = null
  const readFarewell = (): void => {
    if (!farewell) return
    clearTimeout(farewell.timer)
    const { request } = farewell
    farewell = null
    read(request)
  }
  dialog.receiveRequest = (request) => {
    if (request.method !== 'BYE') return read(request)
    // Sent again because nobody answered yet: it waits already.
    farewell ??= { request, timer: setTimeout(readFarewell, OVERTAKES_BY_MS) }
  }
  return () => {
    dialog.receiveRequest = read
    readFarewell()
  }
}

/**
 * Lets a subscription go without asking the server: what it says later finds no dialogue, and it forgets it. JsSIP's own
 * way takes the answer to its farewell for a renewal, and a timer of a quarter of an hour stays behind.
 */
export function endSubscription(subscriber: Subscriber): void {
  const { _terminateDialog: end } = subscriber as unknown as { readonly _terminateDialog: (this: Subscriber, code: number) => void }
  end.call(subscriber, 0)
}

/** The outcome of a REFER, which JsSIP's types leave out. */
export interface Referral {
  on(event: 'requestFailed' | 'accepted' | 'failed' | 'progress' | 'trying', listener: () => void): unknown
}

export type { IncomingRequest, IncomingResponse, RTCSession, UA }
