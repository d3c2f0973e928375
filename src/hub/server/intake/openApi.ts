import { z } from 'zod'
import { chatAnswer, chatQuestion, leadReceipt, sentLead } from '../../../shared/intake/sent.ts'
import { INTAKE_BODY_BYTES } from './intakeRoutes.ts'

/** `docs/intake.openapi.json`, made of the schemas that the hub reads with; a test says where the file is not this. */

const problem = z
  .object({
    type: z.string().describe('`urn:baton:intake:` and the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, what was kept, what to do.'),
    code: z.enum(['body', 'chat', 'database', 'fault', 'id', 'json', 'rate', 'recovering', 'refused', 'replay', 'request', 'signature', 'size', 'timestamp', 'type']),
    errors: z.array(z.object({ pointer: z.string().describe('RFC 6901.'), detail: z.string() })).optional(),
    leadId: z.string().optional(),
    now: z.int().optional().describe('The hub\u2019s clock, epoch seconds.'),
  })
  .meta({ id: 'Problem', description: 'Why something was not taken (RFC 9457).' })

const SCHEMAS = { Lead: sentLead, Receipt: leadReceipt, ChatQuestion: chatQuestion, ChatAnswer: chatAnswer, Problem: problem } as const

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** The schemas and the parts they are made of, each by its name. */
function components(): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const { $schema: _dialect, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input' })
    // A schema that has a name is told as a reference to itself, with what it says among the parts.
    if (!(name in $defs)) found[name] = own
    Object.assign(found, $defs)
  }
  return JSON.parse(JSON.stringify(found).replaceAll('#/$defs/', '#/components/schemas/')) as Record<string, unknown>
}

const header = (name: string, description: string, schema: object) => ({ name, in: 'header', required: true, description, schema })

const parameters = [
  { name: 'company', in: 'path', required: true, description: 'The company\u2019s id, as Baton shows it.', schema: { type: 'string', format: 'uuid' } },
  { name: 'source', in: 'path', required: true, description: 'The source\u2019s key, as it was chosen in Settings.', schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,39}$' } },
  header('webhook-id', 'Yours for this message; the same when it is sent again.', { type: 'string', minLength: 1, maxLength: 200 }),
  header('webhook-timestamp', 'When it is sent, epoch seconds; within five minutes of the hub\u2019s clock.', { type: 'integer' }),
  header('webhook-signature', '`v1,` and the base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`; several separated by spaces.', { type: 'string' }),
]

const json = (name: string) => ({ 'application/json': { schema: reference(name) } })
const refusal = (description: string) => ({ description, content: { 'application/problem+json': { schema: reference('Problem') } } })
const late = (description: string) => ({ ...refusal(description), headers: { 'retry-after': { description: 'Seconds.', schema: { type: 'integer' } } } })

const refusals = {
  '400': refusal('Not JSON.'),
  '401': refusal('Not signed right, an unknown company or source, or signed too long ago.'),
  '403': refusal('A web page\u2019s own script: it must not hold the secret. Send it from your server.'),
  '413': refusal(`More than ${INTAKE_BODY_BYTES} bytes.`),
  '415': refusal('Not application/json.'),
  '422': refusal('Fields that are not as agreed; `errors` says which.'),
  '429': late('Too many requests of this address or this source.'),
  '500': refusal('A fault of the hub.'),
  '503': late('The database does not answer, or a restored hub is not ready.'),
}

/** The document (OpenAPI 3.1). */
export function intakeOpenApi(): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.1',
    info: { title: 'Baton intake', version: '1', summary: 'Leads, web bookings and chats into Baton\u2019s inbox.', description: 'See docs/intake.md for how a message is signed, with an example.' },
    servers: [{ url: 'https://{hub}', description: 'The hub of the office.', variables: { hub: { default: 'hub.example.com:7411' } } }],
    paths: {
      '/intake/v1/{company}/{source}': {
        post: {
          operationId: 'sendLead',
          summary: 'Sends a lead, a web booking, or what was said in a chat since.',
          parameters,
          requestBody: { required: true, content: json('Lead') },
          responses: {
            '200': { description: 'It was here already.', content: json('Receipt') },
            '201': { description: 'Recorded.', content: json('Receipt') },
            ...refusals,
            '409': refusal('This very message was taken before, or its webhook-id was used for something else.'),
          },
        },
      },
      '/intake/v1/{company}/{source}/chat': {
        post: {
          operationId: 'readChat',
          summary: 'What the office answered in a chat.',
          parameters,
          requestBody: { required: true, content: json('ChatQuestion') },
          responses: { '200': { description: 'The answers.', content: json('ChatAnswer') }, ...refusals, '404': refusal('No such chat.') },
        },
      },
    },
    components: { schemas: components() },
  }
}

/** The file as it stands in `docs`. */
export const intakeOpenApiText = (): string => `${JSON.stringify(intakeOpenApi(), null, 2)}\n`
