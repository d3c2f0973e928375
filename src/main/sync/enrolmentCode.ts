import { z } from 'zod'
import type { HubPlace } from './hubConnection.ts'

const PREFIX = 'baton1.'

const inside = z.object({
  a: z.url({ protocol: /^https?$/ }),
  c: z.string().min(1).max(200),
  f: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
})

/** What a person pastes: where the hub is, a secret good for one enrolment, and whom to trust there. */
export interface EnrolmentCode extends HubPlace {
  readonly secret: string
}

/** Reads an enrolment code, with whatever white space a message put around or into it. @returns undefined where it is none */
export function readEnrolmentCode(text: string): EnrolmentCode | undefined {
  const code = text.replace(/\s/g, '')
  if (!code.startsWith(PREFIX)) return undefined
  try {
    const { a, c, f } = inside.parse(JSON.parse(Buffer.from(code.slice(PREFIX.length), 'base64url').toString('utf8')))
    return { address: a.replace(/\/+$/, ''), secret: c, fingerprint: f }
  } catch {
    return undefined
  }
}
