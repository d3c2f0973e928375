/** One message as sipp's short trace has it. */
interface TracedMessage {
  /** Epoch milliseconds, to the microsecond. */
  readonly at: number
  readonly sent: boolean
  /** Of the transaction: `1 INVITE`. */
  readonly cseq: string
  /** `INVITE sip:…` or `SIP/2.0 180 Ringing`. */
  readonly firstLine: string
}

/** A call as it was on the wire; milliseconds, by sipp's clock. */
export interface Traced {
  /** Epoch milliseconds of the first INVITE; null where it was not sent. */
  readonly invitedAt: number | null
  /** From the first 180 until it was taken, given up or refused; null where it never rang. */
  readonly ringMs: number | null
  /** From the 200 until the BYE; null where it was not answered. */
  readonly talkMs: number | null
  /** Who said goodbye to an answered call. */
  readonly endedBy: 'caller' | 'office' | null
  /** The final answer to the INVITE; null where none came. */
  readonly status: number | null
}

/** Date, time, epoch seconds, S or R, Call-ID, CSeq, first line; separated by tabs. */
function messageOf(line: string): (TracedMessage & { readonly callId: string }) | undefined {
  const [, , seconds, way, callId, cseq, firstLine] = line.split('\t')
  if (seconds === undefined || way === undefined || callId === undefined || cseq === undefined || firstLine === undefined) return undefined
  return { at: Number(seconds) * 1000, sent: way === 'S', callId, cseq: cseq.replace(/^CSeq:\s*/i, ''), firstLine }
}

const statusOf = (message: TracedMessage): number => Number(/^SIP\/2\.0 (\d{3})/.exec(message.firstLine)?.[1] ?? 0)

/** Reads one call out of sipp's short trace. */
export function readTrace(csv: string, callId: string): Traced {
  const messages = csv.split('\n').flatMap((line) => messageOf(line) ?? []).filter((message) => message.callId === callId)
  const answers = messages.filter((message) => !message.sent && message.cseq === '1 INVITE')
  const request = (method: string): TracedMessage | undefined => messages.find(({ firstLine }) => firstLine.startsWith(`${method} `))
  const rang = answers.find((message) => statusOf(message) === 180)
  const final = answers.find((message) => statusOf(message) >= 200)
  const status = final ? statusOf(final) : null
  const bye = request('BYE')
  const ringEnd = request('CANCEL') ?? final
  return {
    invitedAt: request('INVITE')?.at ?? null,
    ringMs: rang && ringEnd ? ringEnd.at - rang.at : null,
    talkMs: status === 200 && final && bye ? bye.at - final.at : null,
    endedBy: status === 200 && bye ? (bye.sent ? 'caller' : 'office') : null,
    status,
  }
}
