import { whatOf } from '../../../src/shared/domain/effects/attemptInput.ts'
import { type EffectState, effectTable, type WorldEffect } from '../../../src/shared/domain/effects/tables.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { mailSettingsTable } from '../../../src/shared/domain/mail/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused, or changes nothing. */
const WRONG = 0.15

const configureMail: Generator = {
  command: 'mail.configure',
  propose: ({ random }) => ({
    input: {
      host: random.chance(WRONG) ? 'two words' : 'smtp.copper-ridge.example',
      port: random.pick([25, 465, 587]) ?? 587,
      security: random.pick(['tls', 'startTls', 'none'] as const) ?? 'tls',
      userName: random.chance(0.5) ? 'office' : '',
      fromName: 'Copper Ridge',
      fromAddress: 'office@copper-ridge.example',
    },
  }),
}

const OPEN: readonly EffectState[] = ['waiting', 'running', 'uncertain']

const emailInvoice: Generator = {
  command: 'invoice.email',
  propose: (world) => {
    const { random } = world
    const effects = world.rows(effectTable)
    if (world.rows(mailSettingsTable).length === 0 && random.chance(1 - WRONG)) return undefined
    const busy = new Set(effects.filter(({ state }) => OPEN.includes(state)).map(({ subjectId }) => subjectId))
    const invoices = world.rows(invoiceTable)
    const free = invoices.filter((invoice) => invoice.state === 'finalized' && !invoice.practice && !busy.has(invoice.id))
    const invoice = random.pick(random.chance(WRONG) ? invoices : free)
    if (!invoice) return undefined
    return {
      input: {
        effectId: random.id(),
        invoiceId: invoice.id,
        to: random.chance(WRONG / 3) ? 'nobody' : 'martin@okonjo.example',
        subject: `Invoice ${invoice.number ?? ''}`,
        text: 'Thank you for your trust.\n\nCopper Ridge',
      },
    }
  },
}

/** One in that state; now and then any. */
function effectIn(world: World, states: readonly EffectState[]): WorldEffect | undefined {
  const effects = world.rows(effectTable)
  return world.random.chance(WRONG) ? world.random.pick(effects) : world.random.pick(effects.filter(({ state }) => states.includes(state)))
}

const begin: Generator = {
  command: 'effect.begin',
  propose: (world) => {
    const effect = effectIn(world, ['waiting'])
    return effect && { input: { effectId: effect.id, attempt: effect.attempt + (world.random.chance(WRONG / 2) ? 0 : 1) || 1 } }
  },
}

/** Reports on the last attempt, late by one or about something nobody asked for now and then. */
function report(world: World, states: readonly EffectState[], more: Readonly<Record<string, unknown>>) {
  const { random } = world
  const effect = effectIn(world, states)
  if (!effect) return undefined
  const attempt = Math.max(0, effect.attempt - (random.chance(WRONG) ? 1 : 0))
  const unheardOf = random.chance(WRONG / 3)
  const effectId = unheardOf ? random.id() : effect.id
  const what = whatOf(effect)
  return { input: { effectId, attempt, what: unheardOf ? { ...what, key: `${effectId}.1`, customerId: random.id(), requestedBy: random.id() } : what, ...more } }
}

const finish: Generator = { command: 'effect.finish', propose: (world) => report(world, ['running', 'uncertain'], { outcome: 'Accepted by the mail server: 250 OK.' }) }

const fail: Generator = {
  command: 'effect.fail',
  propose: (world) => report(world, ['running'], { reason: 'The mail server could not be reached.', retryAt: world.random.chance(0.7) ? world.at + 60_000 : null }),
}

const doubt: Generator = { command: 'effect.doubt', propose: (world) => report(world, ['running'], { reason: 'The line broke before the mail server answered.' }) }

const settle: Generator = {
  command: 'effect.settle',
  propose: (world) => {
    const { random } = world
    const effect = effectIn(world, ['uncertain', 'uncertain', 'failed', 'waiting'])
    if (!effect) return undefined
    const how = effect.state === 'uncertain' ? random.pick(['sent', 'again', 'leave'] as const) : random.pick(['again', 'leave'] as const)
    return { input: { effectId: effect.id, how: how ?? 'leave', attempt: effect.attempt } }
  },
}

export const effectsGenerators: readonly Generator[] = [configureMail, emailInvoice, begin, finish, fail, doubt, settle]
