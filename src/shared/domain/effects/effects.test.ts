import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { MoneyDesk, refusedAs } from '../../../../tests/support/moneyDesk.ts'
import { newId } from '../../base/id.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { promiseId } from '../promises/engine.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseTable } from '../promises/tables.ts'
import { whatOf } from './attemptInput.ts'
import { effectTable, type WorldEffect } from './tables.ts'

const MAIL = { host: 'smtp.copper-ridge.example', port: 465, security: 'tls', userName: 'office', fromName: 'Copper Ridge', fromAddress: 'office@copper-ridge.example' }

class MailDesk extends MoneyDesk {
  readonly invoiceId = this.final([{ unitPriceCents: 8900 }]).id

  constructor() {
    super()
    this.office.must('mail.configure', MAIL, this.ownerId)
  }

  email(changed: Readonly<Record<string, unknown>> = {}, actorId = this.preparerId) {
    const effectId = newId()
    return { effectId, outcome: this.office.run('invoice.email', { effectId, invoiceId: this.invoiceId, to: 'martin@okonjo.example', subject: 'Invoice', text: 'Thank you.', ...changed }, actorId) }
  }

  asked(): string {
    const { effectId, outcome } = this.email()
    expect(outcome).toMatchObject({ kind: 'accepted' })
    return effectId
  }

  effect(id: string): WorldEffect {
    const effect = this.office.engine.row(effectTable, id)
    if (!effect) throw new Error('There is no such effect')
    return effect
  }

  begin(id: string, attempt: number) {
    return this.office.run('effect.begin', { effectId: id, attempt }, SYSTEM_ACTOR)
  }

  begun(id: string): WorldEffect {
    const attempt = this.effect(id).attempt + 1
    expect(this.begin(id, attempt)).toMatchObject({ kind: 'accepted' })
    return this.effect(id)
  }

  tell(name: 'finish' | 'fail' | 'doubt', effect: WorldEffect, more: Readonly<Record<string, unknown>> = {}) {
    const said = { finish: { outcome: '250 OK' }, fail: { reason: 'Nobody answers.', retryAt: null }, doubt: { reason: 'The line broke.' } }[name]
    return this.office.must(`effect.${name}`, { effectId: effect.id, attempt: effect.attempt, what: whatOf(effect), ...said, ...more }, SYSTEM_ACTOR)
  }

  settle(id: string, how: 'sent' | 'again' | 'leave', actorId = this.preparerId) {
    return this.office.run('effect.settle', { effectId: id, how, attempt: this.effect(id).attempt }, actorId)
  }

  promise(queue: 'going-out' | 'was-it-sent', id: string) {
    return this.office.engine.row(promiseTable, promiseId(queueId(queue), id))
  }
}

let desk: MailDesk

beforeEach(() => {
  desk = new MailDesk()
})

describe('an invoice that is to be emailed', () => {
  it('is refused where the customer asked for no email, and not where they want no offers', () => {
    const desk = new MailDesk()
    const customerId = desk.office.engine.rows(invoiceTable).find(({ id }) => id === desk.invoiceId)?.customerId
    const answer = (purpose: string) => desk.office.must('consent.record', { consentId: newId(), customerId, channel: 'email', purpose, granted: false, way: 'call', words: '' }, desk.ownerId)
    answer('marketing')
    expect(desk.email().outcome).toMatchObject({ kind: 'accepted' })
    answer('service')
    expect(desk.email().outcome).toMatchObject(refusedAs('consent.noEmail'))
  })

  it('waits as a row with everything that the email consists of, held by whoever asked for it', () => {
    const id = desk.asked()
    expect(desk.effect(id)).toMatchObject({ state: 'waiting', attempt: 0, key: `${id}.1`, payload: { to: 'martin@okonjo.example', attach: { invoiceId: desk.invoiceId } }, requestedBy: desk.preparerId })
    expect(desk.promise('going-out', id)).toMatchObject({ state: 'open', holderUserId: desk.preparerId })
  })

  it('is refused where nothing may leave, or nothing is there to leave', () => {
    expect(desk.email({ to: 'nobody' }).outcome).toMatchObject(refusedAs('input.invalid'))
    expect(desk.email({ invoiceId: newId() }).outcome).toMatchObject(refusedAs('invoice.unknown'))
    expect(desk.email({ invoiceId: desk.draft([{ unitPriceCents: 100 }]) }).outcome).toMatchObject(refusedAs('invoice.draft'))
    expect(desk.email({}, desk.csrId).outcome).toMatchObject(refusedAs('people.notAllowed'))
    const without = new MoneyDesk()
    const invoiceId = without.final([{ unitPriceCents: 8900 }]).id
    expect(without.office.run('invoice.email', { effectId: newId(), invoiceId, to: 'a@b.example', subject: 'Invoice', text: '' }, without.preparerId)).toMatchObject(refusedAs('mail.notSetUp'))
  })

  it('is not asked for twice while one is open, and may be sent to somebody else afterwards', () => {
    const id = desk.asked()
    expect(desk.email().outcome).toMatchObject(refusedAs('effect.open'))
    const running = desk.begun(id)
    expect(desk.email().outcome).toMatchObject(refusedAs('effect.open'))
    desk.tell('doubt', running)
    expect(desk.email().outcome).toMatchObject(refusedAs('effect.open'))
    desk.settle(id, 'sent')
    expect(desk.email({ to: 'nora@okonjo.example' }).outcome).toMatchObject({ kind: 'accepted' })
  })
})

describe('an attempt', () => {
  it('is begun by one only, whoever else asks', () => {
    const id = desk.asked()
    expect(desk.begin(id, 2)).toMatchObject(refusedAs('effect.begun'))
    expect(desk.begin(id, 1)).toMatchObject({ kind: 'accepted' })
    expect(desk.begin(id, 1)).toMatchObject(refusedAs('effect.begun'))
    expect(desk.begin(id, 2)).toMatchObject(refusedAs('effect.begun'))
    expect(desk.begin(newId(), 1)).toMatchObject(refusedAs('effect.unknown'))
  })

  it('is begun by no person', () => {
    const id = desk.asked()
    expect(desk.office.run('effect.begin', { effectId: id, attempt: 1 }, desk.ownerId)).toMatchObject(refusedAs('people.notAllowed'))
  })

  it('ends the effect when it was done, and its promise', () => {
    const id = desk.asked()
    desk.tell('finish', desk.begun(id))
    expect(desk.effect(id)).toMatchObject({ state: 'done', outcome: '250 OK', finishedAt: desk.office.now })
    expect(desk.promise('going-out', id)).toMatchObject({ state: 'closed' })
  })

  it('is tried again after a failure that surely had no effect, under the same key', () => {
    const id = desk.asked()
    const retryAt = desk.office.now + 60_000
    desk.tell('fail', desk.begun(id), { retryAt })
    expect(desk.effect(id)).toMatchObject({ state: 'waiting', failures: 1, notBefore: retryAt, key: `${id}.1`, attempt: 1 })
    expect(desk.begun(id)).toMatchObject({ attempt: 2, notBefore: null })
  })

  it('that fails for good, or that nobody knows about, asks a person', () => {
    const [failed, doubted] = [desk.asked(), newId()]
    desk.tell('fail', desk.begun(failed))
    expect(desk.effect(failed)).toMatchObject({ state: 'failed' })
    expect(desk.promise('was-it-sent', failed)).toMatchObject({ state: 'open', holderUserId: desk.preparerId })
    const invoiceId = desk.final([{ unitPriceCents: 100 }]).id
    desk.office.must('invoice.email', { effectId: doubted, invoiceId, to: 'a@b.example', subject: 'Invoice', text: '' }, desk.preparerId)
    desk.tell('doubt', desk.begun(doubted))
    expect(desk.promise('was-it-sent', doubted)).toMatchObject({ state: 'open' })
    expect(desk.begin(doubted, 2)).toMatchObject(refusedAs('effect.begun'))
  })

  it('that turns out to have been done stays done, whatever was said meanwhile', () => {
    const id = desk.asked()
    const running = desk.begun(id)
    desk.tell('doubt', running)
    desk.settle(id, 'again')
    desk.tell('finish', running)
    expect(desk.effect(id)).toMatchObject({ state: 'done' })
    expect(desk.tell('fail', running)).toEqual([])
    expect(desk.tell('doubt', running)).toEqual([])
    expect(desk.begin(id, 2)).toMatchObject(refusedAs('effect.begun'))
  })

  it('of before is no word on one that runs now', () => {
    const id = desk.asked()
    const first = desk.begun(id)
    desk.tell('fail', first, { retryAt: desk.office.now })
    const second = desk.begun(id)
    for (const name of ['finish', 'fail', 'doubt'] as const) expect(desk.tell(name, first)).toEqual([])
    expect(desk.effect(id)).toEqual(second)
  })

  it('may be taken over where the other side drops a repeat', () => {
    const id = desk.asked()
    const running = desk.begun(id)
    desk.office.engine.apply([{ table: effectTable, id, before: running as never, after: { ...running, deduplicates: true } as never }])
    expect(desk.begin(id, 2)).toMatchObject({ kind: 'accepted' })
    expect(desk.effect(id)).toMatchObject({ state: 'running', attempt: 2, key: `${id}.1` })
  })
})

describe('a person', () => {
  it('settles what nobody else can know', () => {
    for (const [how, state] of [['sent', 'done'], ['leave', 'dropped'], ['again', 'waiting']] as const) {
      const own = new MailDesk()
      const id = own.asked()
      own.tell('doubt', own.begun(id))
      expect(own.settle(id, how)).toMatchObject({ kind: 'accepted' })
      expect(own.effect(id)).toMatchObject({ state, key: how === 'again' ? `${id}.2` : `${id}.1` })
      expect(own.promise('was-it-sent', id)).toMatchObject({ state: 'closed' })
    }
  })

  it('does not settle what is under way, what moved on, or what is settled', () => {
    const id = desk.asked()
    const running = desk.begun(id)
    expect(desk.settle(id, 'leave')).toMatchObject(refusedAs('effect.running'))
    desk.tell('fail', running)
    expect(desk.settle(id, 'sent')).toMatchObject(refusedAs('effect.notSent'))
    expect(desk.office.run('effect.settle', { effectId: id, how: 'again', attempt: 0 }, desk.preparerId)).toMatchObject(refusedAs('effect.movedOn'))
    expect(desk.settle(id, 'again', desk.csrId)).toMatchObject(refusedAs('people.notAllowed'))
    expect(desk.settle(id, 'leave', desk.csrId)).toMatchObject({ kind: 'accepted' })
    expect(desk.settle(id, 'again')).toMatchObject(refusedAs('effect.settled'))
  })
})

/**
 * Any order of requests for an attempt, reports (late and repeated ones too) and people who are asked: whoever got the
 * word to begin does it, unless the report says that it surely failed. Under one key it is done once at most.
 */
it('is done at most once under one key, whatever is heard in whatever order', () => {
  const step = fc.record({ what: fc.constantFrom('begin', 'finish', 'fail', 'retry', 'doubt', 'sent', 'again', 'leave'), late: fc.nat({ max: 3 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const own = new MailDesk()
      const id = own.asked()
      const begun: WorldEffect[] = []
      const done = new Map<number, string>()
      for (const { what, late } of steps) {
        if (what === 'begin') {
          const attempt = own.effect(id).attempt + 1 - Math.min(late, 1)
          if (attempt < 1 || own.begin(id, attempt).kind === 'refused') continue
          begun.push(own.effect(id))
          done.set(attempt, own.effect(id).key)
        } else if (what === 'sent' || what === 'again' || what === 'leave') own.settle(id, what)
        else {
          const attempted = begun.at(-1 - late)
          if (!attempted) continue
          // A workstation that says it failed has not done it, and one that has does not say so.
          if (what === 'fail' || what === 'retry') {
            const changed = own.tell('fail', attempted, { retryAt: what === 'retry' ? own.office.now : null })
            if (changed.length > 0) done.delete(attempted.attempt)
          } else own.tell(what as 'finish' | 'doubt', attempted)
        }
      }
      const keys = [...done.values()]
      expect(new Set(keys).size).toBe(keys.length)
      const { state } = own.effect(id)
      const open = (queue: 'going-out' | 'was-it-sent') => own.promise(queue, id)?.state === 'open'
      expect(open('going-out')).toBe(state === 'waiting' || state === 'running')
      expect(open('was-it-sent')).toBe(state === 'uncertain' || state === 'failed')
    }),
    { numRuns: 60 },
  )
})
