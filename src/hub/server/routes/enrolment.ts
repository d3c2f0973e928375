import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import { SYNC_PROTOCOL } from '../../../shared/sync/protocol.ts'
import { type Gate, readInput, WRONG_CODE } from '../gate.ts'
import { upgradeNeeded } from '../link/versions.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { isDeviceKey, type Sessions } from '../sessions.ts'

/** How a workstation gets in: with a code once, with its key ever after. */

const id = z.string().regex(ID_PATTERN)
const secret = z.string().min(8).max(200)
const session = { companyId: id, deviceId: id }

const shapes = {
  look: z.strictObject({ code: secret }),
  enrol: z.strictObject({
    code: secret,
    deviceId: id,
    name: z.string().trim().min(1).max(60),
    publicKey: z.string().max(200),
    companyId: id,
    schema: z.int().min(1),
    version: z.string().min(1).max(40),
    /** How far the company's hub had acknowledged its commands, for a restored one that does not know it any more. */
    lastWsSeq: z.int().min(0).optional(),
  }),
  challenge: z.strictObject(session),
  session: z.strictObject({ ...session, challenge: z.string().max(2_000), signature: z.string().max(200) }),
}

const badCode = (): HttpProblem => new HttpProblem(404, WRONG_CODE, 'This code is not good (any more): each works once, for a limited time. Make a new one at another workstation (Settings, Hub) or at the hub (npm run hub -- invite).')

export interface EnrolmentRoutes {
  readonly parts: ServerParts
  readonly gate: Gate
  readonly sessions: Sessions
  /** A workstation is about to join: its snapshot may be made already. */
  readonly onJoining: (companyId: string, clearances: readonly Clearance[]) => void
}

export function enrolmentRoutes(server: FastifyInstance, { parts, gate, sessions, onJoining }: EnrolmentRoutes): void {
  const { admin, version, schema, log } = parts

  server.post('/v1/look', async (request) => {
    const { code } = readInput(shapes.look, request.body)
    const offer = await gate.withCode(request, async () => {
      const found = await admin.lookAt(code)
      if (!found) throw badCode()
      return found
    })
    const { mode, companyId, companyName } = offer
    if (mode === 'join' && companyId !== null) onJoining(companyId, offer.clearances)
    return { mode, companyId, companyName, hubVersion: version, schema }
  })

  server.post('/v1/enrol', async (request) => {
    const { code, ...device } = readInput(shapes.enrol, request.body)
    if (!isDeviceKey(device.publicKey)) throw new HttpProblem(400, 'input.invalid', 'The workstation\u2019s key is not one that the hub can check.')
    return gate.withCode(request, async () => {
      const offer = await admin.lookAt(code)
      if (!offer) throw badCode()
      const company = offer.companyId === null ? undefined : await admin.company(offer.companyId)
      const upgrade = upgradeNeeded({ protocol: SYNC_PROTOCOL, schema: device.schema, version: device.version }, { version, schema, minSchema: company?.minSchema ?? schema })
      if (upgrade) throw new HttpProblem(426, 'upgrade.needed', upgrade.message)
      const enrolled = await admin.enrol({ secret: code, deviceId: device.deviceId, name: device.name, publicKey: device.publicKey, companyId: device.companyId, version: device.version, ...(device.lastWsSeq === undefined ? {} : { lastWsSeq: device.lastWsSeq }) })
      switch (enrolled.kind) {
        case 'enrolled': {
          const { companyId, epoch, prefix, clearances, mode, lastWsSeq } = enrolled
          log.info('device.enrolled', { company: companyId, device: device.deviceId, mode })
          return { companyId, epoch, prefix, clearances, mode, lastWsSeq }
        }
        case 'badCode':
          throw badCode()
        case 'companyExists':
          throw new HttpProblem(409, 'company.exists', 'This company is at the hub already. Make a code for this workstation at one that is enrolled: Settings, Hub.')
        case 'founding':
          throw new HttpProblem(409, 'company.founding', 'The company\u2019s data is still on its way to the hub from its first workstation. Try again when that one says it is online.')
      }
    })
  })

  server.post('/v1/challenge', async (request) => {
    gate.countSession(request)
    return { challenge: await sessions.challenge(readInput(shapes.challenge, request.body)) }
  })

  server.post('/v1/session', async (request) => {
    gate.countSession(request)
    const { companyId, deviceId, challenge, signature } = readInput(shapes.session, request.body)
    return sessions.open({ companyId, deviceId }, challenge, signature)
  })
}
