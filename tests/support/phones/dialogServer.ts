import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

interface Subscription {
  readonly socket: WebSocket
  readonly extension: string
  readonly callId: string
  readonly from: string
  readonly to: string
  readonly contact: string
  cseq: number
  version: number
}

/** One dialog of a telephone, as its notice has it. */
export interface SaidDialog {
  readonly id: string
  readonly callId: string
  readonly direction: 'initiator' | 'recipient'
  readonly state: string
  readonly event?: string
  readonly code?: number
  readonly remote: string
  readonly held?: boolean
}

const LINE = 'sip:5550100@office.test'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const header = (message: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''

function dialogXml({ id, callId, direction, state, event, code, remote, held }: SaidDialog): string {
  const ending = `${event === undefined ? '' : ` event="${event}"`}${code === undefined ? '' : ` code="${code}"`}`
  const rendering = held === undefined ? '' : `<param pname="+sip.rendering" pval="${held ? 'no' : 'yes'}"/>`
  return `<dialog id="${escaped(id)}" call-id="${escaped(callId)}" local-tag="a" remote-tag="b" direction="${direction}"><state${ending}>${state}</state><remote><identity display="Jane &amp; Co">${escaped(remote)}</identity><target uri="${escaped(remote)}"/></remote><local><identity>${LINE}</identity><target uri="${LINE}">${rendering}</target></local></dialog>`
}

export const infoXml = (extension: string, version: number, state: 'full' | 'partial', dialogs: readonly SaidDialog[]): string =>
  `<?xml version="1.0"?>\n<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="${state}" entity="sip:${extension}@office.test">${dialogs.map(dialogXml).join('')}</dialog-info>`

/** A presence server of SIP over WebSocket that takes subscriptions to `dialog` (RFC 6665, RFC 4235) and tells changes. */
export class DialogServer {
  readonly #subscriptions = new Set<Subscription>()
  readonly #dialogs = new Map<string, Map<string, SaidDialog>>()
  readonly #said: { readonly extension: string; readonly dialog: SaidDialog }[] = []
  #server: WebSocketServer | null = null
  port = 0

  get connections(): number {
    return this.#server?.clients.size ?? 0
  }

  async listen(): Promise<void> {
    const server = new WebSocketServer({ port: this.port, host: '127.0.0.1', handleProtocols: () => 'sip' })
    this.#server = server
    await new Promise((resolve) => server.once('listening', resolve))
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => this.#message(socket, data.toString('utf8')))
      socket.on('close', () => [...this.#subscriptions].filter((one) => one.socket === socket).forEach((one) => this.#subscriptions.delete(one)))
    })
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const client of server?.clients ?? []) client.terminate()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  stateOf(extension: string, id: string): SaidDialog | undefined {
    return this.#dialogs.get(extension)?.get(id)
  }

  /** A dialog changed: whoever watches that telephone is told of it alone. */
  say(extension: string, dialog: SaidDialog): void {
    const dialogs = this.#dialogs.get(extension) ?? new Map<string, SaidDialog>()
    this.#dialogs.set(extension, dialogs)
    if (dialog.state === 'terminated') dialogs.delete(dialog.id)
    else dialogs.set(dialog.id, dialog)
    this.#said.push({ extension, dialog })
    for (const one of this.#of(extension)) this.#notify(one, infoXml(extension, ++one.version, 'partial', [dialog]))
  }

  /** Every notice once more, with the old versions, as a network that doubles and delays has it. */
  sayAgain(): void {
    for (const { extension, dialog } of this.#said) for (const one of this.#of(extension)) this.#notify(one, infoXml(extension, 1, 'partial', [dialog]))
  }

  notice(extension: string, body: string): void {
    for (const one of this.#of(extension)) this.#notify(one, body)
  }

  raw(text: string): void {
    for (const client of this.#server?.clients ?? []) client.send(text)
  }

  #of(extension: string): readonly Subscription[] {
    return [...this.#subscriptions].filter((one) => one.extension === extension)
  }

  #message(socket: WebSocket, message: string): void {
    if (!message.startsWith('SUBSCRIBE ')) return
    const extension = /^SUBSCRIBE sip:([^@;\s]+)/.exec(message)?.[1] ?? ''
    const callId = header(message, 'Call-ID')
    const to = header(message, 'To')
    const toTagged = to.includes('tag=') ? to : `${to};tag=server-${callId}`
    const expires = header(message, 'Expires')
    const known = [...this.#subscriptions].find((one) => one.callId === callId)
    const contact = `<sip:${known?.extension ?? extension}@127.0.0.1:${this.port};transport=ws>`
    socket.send(['SIP/2.0 200 OK', `Via: ${header(message, 'Via')}`, `From: ${header(message, 'From')}`, `To: ${toTagged}`, `Call-ID: ${callId}`, `CSeq: ${header(message, 'CSeq')}`, `Contact: ${contact}`, `Expires: ${expires}`, 'Content-Length: 0', '', ''].join('\r\n'))
    if (expires === '0') return void (known && this.#subscriptions.delete(known))
    const subscription = known ?? { socket, extension, callId, from: toTagged, to: header(message, 'From'), contact: /<([^>]+)>/.exec(header(message, 'Contact'))?.[1] ?? '', cseq: 1, version: -1 }
    this.#subscriptions.add(subscription)
    this.#notify(subscription, infoXml(subscription.extension, ++subscription.version, 'full', [...(this.#dialogs.get(subscription.extension)?.values() ?? [])]))
  }

  #notify(one: Subscription, body: string): void {
    const cseq = one.cseq++
    if (one.socket.readyState !== WebSocket.OPEN) return
    one.socket.send([`NOTIFY ${one.contact} SIP/2.0`, `Via: SIP/2.0/WS 127.0.0.1:${this.port};branch=z9hG4bK${one.callId}${cseq}`, 'Max-Forwards: 70', `From: ${one.from}`, `To: ${one.to}`, `Call-ID: ${one.callId}`, `CSeq: ${cseq} NOTIFY`, 'Event: dialog', 'Subscription-State: active;expires=600', `Contact: <sip:${one.extension}@127.0.0.1:${this.port};transport=ws>`, 'Content-Type: application/dialog-info+xml', `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'))
  }
}
