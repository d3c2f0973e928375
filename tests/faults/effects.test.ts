import { expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { WorldEffect } from '../../src/shared/domain/effects/tables.ts'
import { makeFinalInvoice } from '../support/finalInvoice.ts'
import { MailServer, type Stage } from '../support/mailServer.ts'
import { postgresMissing } from '../support/postgres.ts'
import type { Desk } from './support/deskProcess.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

const PASSWORD = 'right one'

async function give(desk: Desk, name: string, input: unknown): Promise<void> {
  const { sentence } = await desk.ask('run', { name, input, actor: 'owner' })
  if (sentence !== null) throw new Error(`${name}: ${sentence}`)
}

async function askFor(desk: Desk): Promise<string> {
  const invoiceId = await makeFinalInvoice((name, input) => give(desk, name, input), Date.now())
  const effectId = newId()
  await give(desk, 'invoice.email', { effectId, invoiceId, to: 'martin@okonjo.example', subject: 'Your invoice', text: 'Thank you.' })
  return effectId
}

async function effectAt(desk: Desk, id: string): Promise<WorldEffect | undefined> {
  return ((await desk.ask('rows', { table: 'effect' })) as unknown as readonly WorldEffect[]).find((effect) => effect.id === id)
}

/** It is done, or a person has it. @returns the state */
async function endOf(desk: Desk, id: string): Promise<WorldEffect['state']> {
  let last: WorldEffect | undefined
  await until(
    async () => {
      last = await effectAt(desk, id)
      return last?.state === 'done' || last?.state === 'uncertain'
    },
    () => `the email comes to an end: ${JSON.stringify(last)}\n${desk.printed.slice(-2000)}`,
    150_000,
  )
  return last?.state ?? 'dropped'
}

/** Where the workstation dies, whether it comes back, and how it must end. Before the message's first byte it has surely not gone. */
const DEATHS: readonly { readonly at: Stage | 'asked' | 'answered'; readonly ends: readonly WorldEffect['state'][]; readonly comesBack: boolean }[] = [
  { at: 'asked', ends: ['done'], comesBack: true },
  { at: 'connect', ends: ['done'], comesBack: true },
  { at: 'signIn', ends: ['done'], comesBack: true },
  { at: 'sender', ends: ['done'], comesBack: true },
  { at: 'recipient', ends: ['done'], comesBack: true },
  // The server is ready; whether the first byte was out by then is chance.
  { at: 'message', ends: ['done', 'uncertain'], comesBack: true },
  { at: 'taken', ends: ['uncertain'], comesBack: true },
  { at: 'answered', ends: ['done', 'uncertain'], comesBack: true },
  // The other one looks after it when the lease has run out, and can only ask.
  { at: 'taken', ends: ['uncertain'], comesBack: false },
]

it('sends no email twice and forgets none, wherever the workstation that sends it is killed', async (context) => {
  context.skip(postgresMissing() !== undefined, postgresMissing())
  const mail = await MailServer.start({ account: { user: 'office', password: PASSWORD } })
  const office = await FaultOffice.open()
  try {
    const sender = await office.founder({ haste: 5 })
    const other = await office.joiner({ haste: 5 })
    await give(sender, 'mail.configure', mail.settings('office'))
    for (const desk of [sender, other]) await desk.ask('mailPassword', { password: PASSWORD })
    await office.settled()
    // On a slow machine it would look after what the first is still starting up to look after itself.
    await other.stop()
    for (const { at, ends, comesBack } of DEATHS) {
      const [before, held] = [mail.received.length, mail.held]
      mail.holdAt = at === 'asked' || at === 'answered' ? null : at
      if (!comesBack) await other.start()
      const id = await askFor(sender)
      if (at === 'answered') await until(() => mail.received.length > before, () => 'the server takes it')
      else if (at !== 'asked') await until(() => mail.held > held, () => `the server is asked: ${at}\n${sender.printed.slice(-2000)}`)
      await sender.kill()
      mail.holdAt = null
      if (comesBack) await sender.start()
      const witness = comesBack ? sender : other
      expect(ends, at).toContain(await endOf(witness, id))
      expect(mail.received.filter(({ messageId }) => messageId.startsWith(`<${id}.`)).length, at).toBeLessThanOrEqual(1)
      expect((await effectAt(witness, id))?.state === 'done' ? mail.received.some(({ messageId }) => messageId.startsWith(`<${id}.`)) : true, at).toBe(true)
    }
    await sender.start()
    await office.settled()
    const { problems } = await verdictOn(office)
    expect(problems).toEqual([])
    expect(new Set(mail.received.map(({ messageId }) => messageId)).size).toBe(mail.received.length)
  } finally {
    await office.close()
    await mail.close()
  }
})
