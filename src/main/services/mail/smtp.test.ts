import { createServer, type Server as NetServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Manner, MailServer } from '../../../../tests/support/mailServer.ts'
import { compose, messageIdOf } from './message.ts'
import { type Server, sendOverSmtp, type Sent } from './smtp.ts'

const SENDER = { fromName: 'Copper Ridge', fromAddress: 'office@copper-ridge.example' }
const PATIENCE = { connect: 2_000, silence: 400 }

let mail: MailServer

beforeEach(async () => {
  mail = await MailServer.start({ account: { user: 'office', password: 'right one' } })
})

afterEach(() => mail.close())

async function send(manner: Manner, changed: Partial<Server> = {}, allowed: () => boolean = () => true): Promise<Sent> {
  mail.manner = manner
  const message = await compose({ to: 'martin@okonjo.example', subject: 'Invoice 1042', text: 'Thank you.\n.\nCopper Ridge', key: 'k.1', attachments: [{ filename: 'invoice-1042.pdf', contentType: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) }] }, SENDER)
  return sendOverSmtp({ host: '127.0.0.1', port: mail.port, security: 'none', userName: 'office', password: 'right one', fromAddress: SENDER.fromAddress, ...changed }, 'martin@okonjo.example', message, allowed, PATIENCE)
}

describe('a message that is handed to a mail server', () => {
  it('is sent when the server says that it took it', async () => {
    expect(await send('take')).toMatchObject({ kind: 'sent', answer: expect.stringContaining('250') as string })
    expect(mail.received).toMatchObject([{ to: 'martin@okonjo.example', from: SENDER.fromAddress, user: 'office', messageId: '<k.1@copper-ridge.example>' }])
    expect(mail.received[0]?.raw).toContain('filename=invoice-1042.pdf')
    expect(mail.received[0]?.raw).toMatch(/Thank you\.\r?\n\.\r?\nCopper Ridge/)
  })

  it.each(['takeAndBreak', 'takeAndFallSilent'] as const)('is in doubt when it went and no answer came (%s)', async (manner) => {
    expect(await send(manner)).toMatchObject({ kind: 'unknown' })
    expect(mail.received).toHaveLength(1)
  })

  it.each([
    ['refuseSender', 'server', 451],
    ['refuseRecipient', 'message', 550],
    ['refuseMessage', 'message', 554],
    ['tooBusyForMessage', 'server', 452],
  ] as const)('is surely not sent when the server says no (%s)', async (manner, kind, status) => {
    expect(await send(manner)).toMatchObject({ kind: 'notSent', failure: { kind, status } })
    expect(mail.received).toEqual([])
  })

  it('is surely not sent when the line breaks before it goes', async () => {
    expect(await send('breakBefore')).toMatchObject({ kind: 'notSent', failure: { kind: 'line' } })
    expect(mail.received).toEqual([])
  })

  it('is surely not sent where nobody listens, or the password is wrong', async () => {
    expect(await send('take', { password: 'wrong one' })).toMatchObject({ kind: 'notSent', failure: { kind: 'signIn', status: 535 } })
    const { port } = mail
    await mail.close()
    expect(await send('take', { port })).toMatchObject({ kind: 'notSent', failure: { kind: 'line' } })
    mail = await MailServer.start()
  })

  it('does not go over a line that anybody could read, where one was asked for that nobody can', async () => {
    expect(await send('take', { security: 'startTls' })).toMatchObject({ kind: 'notSent' })
    expect(await send('take', { security: 'tls' })).toMatchObject({ kind: 'notSent' })
    expect(mail.received).toEqual([])
  })

  it('is held back when the leave to send it has run out by the time the server is ready', async () => {
    let asked = 0
    expect(await send('take', {}, () => ++asked < 1)).toMatchObject({ kind: 'notSent', failure: { reason: expect.stringContaining('ran out') as string } })
    expect(asked).toBe(1)
    expect(mail.received).toEqual([])
  })

  it('to a server that says nothing at all is surely not sent', async () => {
    const silent = await new Promise<NetServer>((resolve) => {
      const server: NetServer = createServer(() => undefined).listen(0, '127.0.0.1', () => resolve(server))
    })
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await sendOverSmtp({ host: '127.0.0.1', port, security: 'none', userName: '', password: '', fromAddress: SENDER.fromAddress }, 'a@b.example', Buffer.from('x'), () => true, { connect: 300, silence: 300 })).toMatchObject({ kind: 'notSent' })
    silent.close()
  })
})

it('says by its Message-ID that it is the same message, whoever sends it', () => {
  expect(messageIdOf('a.1', SENDER)).toBe('<a.1@copper-ridge.example>')
})
