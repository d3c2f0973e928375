/** How this workstation reaches a telephone system. It holds a secret: it is never logged, and no page ever has it. */
export type LineAccount = SipAccount | DialogsAccount | AmiAccount | EslAccount | WebhookAccount | TwilioAccount | RingCentralAccount

/** What every account has that watches one person’s telephone at a PBX. */
interface DeskPhone {
  /** The telephone on this desk, as the PBX numbers it: `101`. */
  readonly extension: string
}

/** A PBX’s own socket. Without encryption only on the loopback address or where the office says that its network is its own. */
interface PbxSocket {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** A PEM certificate that this server’s chain may end in beside the system’s own; empty for none. */
  readonly certificate: string
}

/** A desk telephone that is watched by its PBX’s dialog events (RFC 4235), subscribed to over secure WebSocket. */
export interface DialogsAccount extends DeskPhone {
  readonly kind: 'dialogs'
  /** `wss://phones.example.com/ws`; plain `ws:` only on the loopback address. */
  readonly server: string
  readonly domain: string
  /** What we sign in as where it is not the extension. */
  readonly userName: string
  readonly password: string
  readonly certificate: string
  /** Colleagues’ telephones: who is on the phone, and who answered a ring that this one gave up. */
  readonly watched: readonly string[]
}

/** An Asterisk PBX (FreePBX too) by its Manager Interface. */
export interface AmiAccount extends DeskPhone, PbxSocket {
  readonly kind: 'ami'
  readonly userName: string
  readonly secret: string
  /** What the desk’s telephone is to Asterisk: `PJSIP`. */
  readonly technology: string
  /** The part of the dial plan that the telephone dials in: `from-internal`. */
  readonly context: string
}

/** Where signed messages of a provider or PBX come in (docs/phone-webhook.md). */
export interface HookAddress {
  /** What the listener is bound to: `127.0.0.1` unless the PBX is another machine on the office’s own network. */
  readonly host: string
  readonly port: number
}

/** Any telephone system that can send a signed message for what happens to a call. It is watched only. */
export interface WebhookAccount {
  readonly kind: 'webhook'
  /** As people know it: `Front desk at Acme Voice`. */
  readonly name: string
  /** Whose telephone; empty takes every message for this desk’s. */
  readonly extension: string
  readonly listen: HookAddress
  /** At least 32 letters, shared with whoever sends. */
  readonly secret: string
  /** Hosts from which a voicemail may be fetched that a message names the address of: `pbx.example.com`. */
  readonly soundHosts?: readonly string[] | undefined
}

/** A telephone number at Twilio that rings this desk’s telephone. */
export interface TwilioAccount {
  readonly kind: 'twilio'
  readonly accountSid: string
  readonly authToken: string
  /** The number at Twilio, E.164. */
  readonly lineNumber: string
  /** What it rings: E.164, or a `sip:` address. */
  readonly telephone: string
  /** Where Twilio reaches `listen` through the office’s reverse proxy, without a slash at its end: `https://phones.example.com/twilio`. */
  readonly publicUrl: string
  /** What is said to a caller whom nobody answers before they may leave a message; empty where Twilio takes none. */
  readonly voicemailGreeting?: string | undefined
  readonly listen: HookAddress
}

/** An extension at RingCentral, by an application of the office’s own with the JWT grant. */
export interface RingCentralAccount {
  readonly kind: 'ringcentral'
  /** As people know it: `Extension 101`. */
  readonly name: string
  /** `https://platform.ringcentral.com` */
  readonly server: string
  readonly clientId: string
  readonly clientSecret: string
  readonly jwt: string
  /** The device that answers and dials (List extension devices). */
  readonly deviceId: string
  /** The office’s own number, E.164. */
  readonly lineNumber: string
}

/** A FreeSWITCH PBX (FusionPBX too) by its event socket. */
export interface EslAccount extends DeskPhone, PbxSocket {
  readonly kind: 'esl'
  readonly password: string
  /** The domain of the telephone’s directory entry: `pbx.example.com`. */
  readonly domain: string
  /** The part of the dial plan that the telephone dials in: `default`. */
  readonly context: string
}

/** A softphone at a SIP server over secure WebSocket (RFC 7118). */
export interface SipAccount {
  readonly kind: 'sip'
  /** `wss://phones.example.com/ws`; plain `ws:` only on the loopback address. */
  readonly server: string
  /** The domain of our address, `example.com`. */
  readonly domain: string
  /** The user part of our address, `101`. */
  readonly extension: string
  /** What we sign in as where it is not the extension. */
  readonly userName: string
  readonly password: string
  /** As shown to those we call. */
  readonly displayName: string
  /** A PEM certificate that this server’s chain may end in beside the system’s own; empty for none. */
  readonly certificate: string
  /** What is dialled before a colleague’s extension to take a ring there; where it is empty, `**`. */
  readonly pickUpCode?: string | undefined
  /** Servers that find sound its way where a network lets none through (RFC 7064, RFC 7065): `stun:…`, `turn:…`, `turns:…`. None on the office’s own network. */
  readonly relays?: readonly string[] | undefined
  readonly relayUser?: string | undefined
  readonly relayPassword?: string | undefined
}
