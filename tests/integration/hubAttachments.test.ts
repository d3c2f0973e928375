import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { backupHub } from '../../src/hub/backup/backup.ts'
import { restoreHub } from '../../src/hub/backup/restore.ts'
import { LEAST_PIECE_BYTES, PIECE_BYTES } from '../../src/hub/core/hubBlobs.ts'
import { REQUEST_LIMITS } from '../../src/hub/server/gate.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { verifyHub } from '../../src/hub/verify/verify.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { voicemailIdOf } from '../../src/shared/domain/recordings/voicemails.ts'
import { runSql, sharedPostgres } from '../support/postgres.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { CALL_TAKER, foundOffice, joinOffice, OWNER, type Reply, type ServerOptions, startServer, type TestServer, type TestWorkstation } from './hubServerOffice.ts'

const postgres = sharedPostgres()
const servers: TestServer[] = []

async function start(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(postgres, options)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.close()
})

interface File {
  readonly bytes: Buffer
  readonly sha256: string
  readonly attachmentId: string
}

const newFile = (size: number): File => {
  const bytes = randomBytes(size)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, sha256, attachmentId: derivedId('attachment', sha256) }
}

/** The row goes up first, as it does from a real workstation. */
async function attach(server: TestServer, workstation: TestWorkstation, file: File): Promise<void> {
  const input = { attachmentId: file.attachmentId, subjectKind: 'customer', subjectId: derivedId('nobody', 'at all'), name: 'furnace.jpg', mediaType: 'image/jpeg', bytes: file.bytes.length, sha256: file.sha256, note: '', deviceName: 'Front desk' }
  const answer = await server.parts.hub.push(workstation.companyId, workstation.device.id, [workstation.device.pushed({ name: 'attachment.add', actorId: OWNER, input })])
  expect(answer).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }] })
}

async function remove(server: TestServer, workstation: TestWorkstation, file: File): Promise<void> {
  await server.parts.hub.push(workstation.companyId, workstation.device.id, [workstation.device.pushed({ name: 'attachment.remove', actorId: OWNER, input: { attachmentId: file.attachmentId, removed: true } })])
}

const send = (workstation: TestWorkstation, sha256: string, from: number, bytes: Uint8Array): Promise<Reply> =>
  workstation.ask(`/v1/attachments/${sha256}/${from}`, { method: 'PUT', body: new Uint8Array(bytes), headers: { 'content-type': 'application/octet-stream' } })

async function sendAll(workstation: TestWorkstation, { bytes, sha256 }: File): Promise<Reply> {
  let reply: Reply = { status: 200, body: {} }
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) reply = await send(workstation, sha256, from, bytes.subarray(from, from + PIECE_BYTES))
  return reply
}

async function fetchPiece(workstation: TestWorkstation, sha256: string, from: number, actorId = OWNER) {
  const response = await fetch(`${workstation.address}/v1/attachments/${sha256}/${from}`, { headers: { authorization: `Bearer ${await workstation.token()}`, 'x-actor': actorId } })
  return { status: response.status, size: Number(response.headers.get('x-size')), type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) }
}

async function fetchAll(workstation: TestWorkstation, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let from = 0; ; ) {
    const { bytes, size } = await fetchPiece(workstation, sha256, from)
    pieces.push(bytes)
    from += bytes.length
    if (from >= size || bytes.length === 0) return Buffer.concat(pieces)
  }
}

describe('an attached file at the hub', () => {
  it('comes in pieces, goes on where it broke off, and is whole only when its hash says so', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const file = newFile(PIECE_BYTES * 2 + 5)
    await attach(server, desk, file)
    expect(await desk.ask(`/v1/attachments/${file.sha256}`)).toMatchObject({ status: 200, body: { have: 0, whole: false } })
    expect(await send(desk, file.sha256, 0, file.bytes.subarray(0, PIECE_BYTES))).toMatchObject({ body: { have: PIECE_BYTES, whole: false } })
    // The answer was lost: the same piece again changes nothing, and one too far ahead is told where to go on.
    expect(await send(desk, file.sha256, 0, file.bytes.subarray(0, PIECE_BYTES))).toMatchObject({ status: 200, body: { have: PIECE_BYTES } })
    expect(await send(desk, file.sha256, PIECE_BYTES * 2, file.bytes.subarray(PIECE_BYTES * 2))).toMatchObject({ status: 200, body: { have: PIECE_BYTES } })
    expect((await fetchPiece(desk, file.sha256, 0)).status).toBe(404)
    // Pieces need not be of one size.
    expect(await send(desk, file.sha256, PIECE_BYTES, file.bytes.subarray(PIECE_BYTES, PIECE_BYTES + LEAST_PIECE_BYTES))).toMatchObject({ body: { have: PIECE_BYTES + LEAST_PIECE_BYTES } })
    const rest = file.bytes.subarray(PIECE_BYTES + LEAST_PIECE_BYTES)
    await send(desk, file.sha256, PIECE_BYTES + LEAST_PIECE_BYTES, rest.subarray(0, PIECE_BYTES))
    const last = await send(desk, file.sha256, PIECE_BYTES * 2 + LEAST_PIECE_BYTES, rest.subarray(PIECE_BYTES))
    expect([last, await desk.ask(`/v1/attachments/${file.sha256}`)].at(-1)).toMatchObject({ body: { have: file.bytes.length, whole: true } })
    const other = await joinOffice(server, desk.companyId, 'other')
    expect((await fetchAll(other, file.sha256)).equals(file.bytes)).toBe(true)
    // From the middle of a piece: a download goes on where it broke off.
    expect((await fetchPiece(other, file.sha256, 100)).bytes.subarray(0, 50).equals(file.bytes.subarray(100, 150))).toBe(true)
    expect((await fetchPiece(other, file.sha256, 0)).type).toBe('application/octet-stream')
  })

  it('is forgotten where it is something else than its hash says, and can be sent again', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const file = newFile(PIECE_BYTES + 7)
    await attach(server, desk, file)
    await send(desk, file.sha256, 0, randomBytes(PIECE_BYTES))
    expect(await send(desk, file.sha256, PIECE_BYTES, file.bytes.subarray(PIECE_BYTES))).toMatchObject({ status: 422, body: { code: 'attachment.wrongHash' } })
    expect(await desk.ask(`/v1/attachments/${file.sha256}`)).toMatchObject({ body: { have: 0, whole: false } })
    expect(await runSql(server.databaseUrl, 'SELECT count(*)::int AS pieces FROM hub_blob_piece')).toEqual([{ pieces: 0 }])
    expect(await sendAll(desk, file)).toMatchObject({ body: { whole: true } })
  })

  it('is taken only as large as its row says, and only where there is a row', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const [file, unknown] = [newFile(LEAST_PIECE_BYTES * 2), newFile(100)]
    await attach(server, desk, file)
    expect(await send(desk, unknown.sha256, 0, unknown.bytes)).toMatchObject({ status: 404, body: { code: 'attachment.unknown' } })
    expect(await send(desk, file.sha256, 0, randomBytes(file.bytes.length + 1))).toMatchObject({ status: 400, body: { code: 'attachment.misfit' } })
    expect(await send(desk, file.sha256, 0, file.bytes.subarray(0, 10))).toMatchObject({ status: 400, body: { code: 'attachment.misfit' } })
    expect(await send(desk, file.sha256, 0, new Uint8Array())).toMatchObject({ status: 400 })
    expect(await send(desk, file.sha256, 0, randomBytes(PIECE_BYTES + 1))).toMatchObject({ status: 413 })
    expect(await send(desk, 'not-a-hash', 0, file.bytes)).toMatchObject({ status: 404 })
    expect(await runSql(server.databaseUrl, 'SELECT count(*)::int AS pieces FROM hub_blob_piece')).toEqual([{ pieces: 0 }])
  })

  it('is nothing to another company, to a workstation without access, or to somebody who is not of the office', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const stranger = await foundOffice(server, { label: 'stranger', companyId: derivedId('company', 'strangers') })
    const file = newFile(5000)
    await attach(server, desk, file)
    await sendAll(desk, file)
    expect((await fetchPiece(stranger, file.sha256, 0)).status).toBe(404)
    expect(await stranger.ask(`/v1/attachments/${file.sha256}`)).toMatchObject({ status: 404, body: { code: 'attachment.unknown' } })
    expect(await send(stranger, file.sha256, 0, file.bytes)).toMatchObject({ status: 404 })
    // The same photo at the other company is its own: nothing of ours is lent to it.
    await attach(server, stranger, file)
    expect(await stranger.ask(`/v1/attachments/${file.sha256}`)).toMatchObject({ body: { have: 0, whole: false } })
    expect((await fetchPiece(desk, file.sha256, 0, derivedId('person', 'of another office'))).status).toBe(403)
    const revoked = await joinOffice(server, desk.companyId, 'revoked')
    await revoked.token()
    await server.parts.admin.revokeDevice(desk.companyId, revoked.device.id)
    expect((await fetchPiece(revoked, file.sha256, 0)).status).toBe(403)
    expect((await fetch(`${server.address}/v1/attachments/${file.sha256}/0`)).status).toBe(401)
    await remove(server, desk, file)
    expect((await fetchPiece(desk, file.sha256, 0)).status).toBe(404)
  })

  it('is given to those who may listen only, where it is a recording, and goes at once when its time is over', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const file = newFile(5000)
    const push = (name: string, input: object, at = Date.UTC(2026, 6, 14)) => server.parts.hub.push(desk.companyId, desk.device.id, [desk.device.pushed({ name, actorId: SYSTEM_ACTOR, input, at })])
    const recordingId = derivedId('recording', file.sha256)
    const kept = { recordingId, callId: derivedId('call', 'recorded'), lineNumber: '+15550142000', agentId: null, startedAt: Date.UTC(2024, 6, 14), durationMs: 300, pauses: [], consent: 'read', consentAt: Date.UTC(2026, 6, 14), consentBy: null, cutOff: false, practice: false, bytes: file.bytes.length, sha256: file.sha256, deviceName: 'Front desk' }
    expect(await push('recording.keep', kept, Date.UTC(2024, 6, 14))).toMatchObject({ acknowledged: [{ outcome: 'accepted' }] })
    expect(await sendAll(desk, file)).toMatchObject({ body: { whole: true } })
    expect((await fetchPiece(desk, file.sha256, 0)).bytes.equals(file.bytes)).toBe(true)
    expect((await fetchPiece(desk, file.sha256, 0, CALL_TAKER)).status).toBe(403)
    // Whoever attaches a file of the same hash to a customer has it, and opens the recording to nobody.
    await attach(server, desk, file)
    expect((await fetchPiece(desk, file.sha256, 0, CALL_TAKER)).status).toBe(403)
    await remove(server, desk, file)
    await push('recording.forget', { recordingId, why: 'Kept for 90 days, as its line says.' })
    expect((await fetchPiece(desk, file.sha256, 0)).status).toBe(404)
    expect(await server.parts.admin.blobs.forgetUnused(30)).toBe(1)
    expect(await runSql(server.databaseUrl, 'SELECT count(*)::int AS pieces FROM hub_blob_piece')).toEqual([{ pieces: 0 }])
  })

  it('is given to whoever may return calls, where it is a voicemail, and goes at once when its time is over', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const file = newFile(5000)
    const push = (name: string, input: object, at = Date.UTC(2026, 6, 14)) => server.parts.hub.push(desk.companyId, desk.device.id, [desk.device.pushed({ name, actorId: SYSTEM_ACTOR, input, at })])
    const callId = derivedId('call', 'voicemail')
    const voicemailId = voicemailIdOf(desk.companyId, callId)
    const kept = { callId, lineNumber: '', leftAt: Date.UTC(2024, 6, 14), durationMs: 300, practice: false, mediaType: 'audio/wav', bytes: file.bytes.length, sha256: file.sha256, deviceName: 'Front desk' }
    expect(await push('voicemail.keep', kept, Date.UTC(2024, 6, 14))).toMatchObject({ acknowledged: [{ outcome: 'accepted' }] })
    expect(await sendAll(desk, file)).toMatchObject({ body: { whole: true } })
    expect((await fetchPiece(desk, file.sha256, 0, CALL_TAKER)).bytes.equals(file.bytes)).toBe(true)
    await push('voicemail.forget', { voicemailId, why: 'Kept for 90 days, as its line says.' })
    expect((await fetchPiece(desk, file.sha256, 0)).status).toBe(404)
    expect(await server.parts.admin.blobs.forgetUnused(30)).toBe(1)
  })

  it('stops at the company\u2019s room and at too many pieces, and leaves snapshots alone', async () => {
    const server = await start({ attachmentRoom: 300_000, requestLimits: { ...REQUEST_LIMITS, attachments: { burst: 6, perMinute: 1 } } })
    const desk = await foundOffice(server)
    const [one, two] = [newFile(200_000), newFile(200_000)]
    for (const file of [one, two]) await attach(server, desk, file)
    expect(await sendAll(desk, one)).toMatchObject({ body: { whole: true } })
    expect(await sendAll(desk, two)).toMatchObject({ status: 507, body: { code: 'attachment.full' } })
    for (let time = 0; time < 4; time++) await desk.ask(`/v1/attachments/${one.sha256}`)
    expect(await desk.ask(`/v1/attachments/${one.sha256}`)).toMatchObject({ status: 429 })
    expect(await desk.ask('/v1/snapshot')).toMatchObject({ status: 200 })
  })

  it('is in a backup, is checked, and is forgotten some time after nothing names it', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const [kept, removed] = [newFile(PIECE_BYTES + 9), newFile(1000)]
    for (const file of [kept, removed]) {
      await attach(server, desk, file)
      await sendAll(desk, file)
    }
    const said = await server.parts.hub.push(desk.companyId, desk.device.id, [desk.device.pushed({ name: 'attachment.stored', actorId: '00000000-0000-7000-8000-000000000001', input: { sha256: kept.sha256, attachmentIds: [kept.attachmentId] } })])
    expect(said).toMatchObject({ kind: 'done', acknowledged: [{ outcome: 'accepted' }] })
    const { blobs } = server.parts.admin
    expect(await blobs.usage(desk.companyId)).toEqual({ files: 2, bytes: kept.bytes.length + 1000, partial: 0 })
    expect((await verifyHub(server.databaseUrl)).companies[0]?.problems).toEqual([])

    const folder = mkdtempSync(join(tmpdir(), 'baton-blob-backup-'))
    const file = join(folder, 'one.baton-hub')
    await backupHub(server.databaseUrl, file)
    const url = await postgres.database()
    await restoreHub(url, file)
    rmSync(folder, { recursive: true, force: true })
    const restored = await openHubStore(url)
    expect(await restored.admin.blobs.state(desk.companyId, kept.sha256)).toEqual({ have: kept.bytes.length, whole: true })
    await restored.close()
    await runSql(url, 'UPDATE hub_blob_piece SET bytes = overlay(bytes placing $1 from 1) WHERE sha256 = $2 AND from_byte = 0', [Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), kept.sha256])
    expect((await verifyHub(url)).companies[0]?.problems).toEqual([expect.stringContaining(kept.sha256)])
    await runSql(url, 'DELETE FROM hub_blob_piece')
    await runSql(url, 'DELETE FROM hub_blob')
    expect((await verifyHub(url)).companies[0]?.problems).toEqual([expect.stringContaining('1 attached file should be here')])

    await remove(server, desk, removed)
    expect(await blobs.forgetUnused(30)).toBe(0)
    await runSql(server.databaseUrl, "UPDATE hub_blob SET begun_at = now() - interval '31 days'")
    // Its row names a day of July 2026 as that of its removal.
    expect(await blobs.forgetUnused(30)).toBe(1)
    expect(await blobs.usage(desk.companyId)).toMatchObject({ files: 1 })
    expect(await runSql(server.databaseUrl, 'SELECT DISTINCT sha256 FROM hub_blob_piece')).toEqual([{ sha256: kept.sha256 }])
  })

  it('is counted', async () => {
    const server = await start()
    const desk = await foundOffice(server)
    const file = newFile(1000)
    await attach(server, desk, file)
    await sendAll(desk, file)
    const text = await (await fetch(`${server.address}/metrics`)).text()
    expect(text).toContain('baton_attachment_pieces_total{outcome="taken"} 1')
    expect(text).toContain(`baton_attachment_stored_bytes{company="${desk.companyId}"} 1000`)
  })
})
