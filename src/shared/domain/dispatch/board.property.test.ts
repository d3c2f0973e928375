import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DispatchDesk } from '../../../../tests/support/dispatchDesk.ts'
import { dispatchProblems } from '../../../../tests/simulation/properties/dispatch.ts'
import { silentMoves } from '../../../../tests/simulation/properties/silentMoves.ts'
import type { Outcome } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { type Appointment, appointmentTable, assignmentTable, type TechnicianTime, technicianTimeTable } from './tables.ts'

/** One act of a dispatcher, in numbers that any board can make something of. */
interface Act {
  readonly kind: 'assign' | 'unassign' | 'crew' | 'split' | 'promise' | 'state' | 'block' | 'moveBlock' | 'giveBack' | 'reschedule'
  readonly thenUndo: boolean
  readonly visit: number
  readonly technician: number
  /** Quarter hours from the window's start. */
  readonly quarter: number
  readonly quarters: number
  readonly overbook: boolean
  readonly accept: boolean
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof({ weight: 10, arbitrary: fc.constant('assign' as const) }, { weight: 4, arbitrary: fc.constant('crew' as const) }, { weight: 4, arbitrary: fc.constantFrom('unassign' as const, 'block' as const) }, { weight: 3, arbitrary: fc.constantFrom('split' as const, 'promise' as const, 'state' as const, 'moveBlock' as const, 'giveBack' as const, 'reschedule' as const) }),
  thenUndo: fc.boolean(),
  visit: fc.nat(4),
  technician: fc.nat(2),
  quarter: fc.oneof({ weight: 4, arbitrary: fc.nat(7) }, { weight: 1, arbitrary: fc.integer({ min: -6, max: 14 }) }),
  quarters: fc.integer({ min: 1, max: 8 }),
  overbook: fc.boolean(),
  accept: fc.boolean(),
})

const STATES = ['confirmed', 'dispatched', 'working', 'done', 'hold', 'canceled', 'scheduled'] as const

/** What an act may change of the board, without versions, stamps of writing and made-up ids. */
function picture(desk: DispatchDesk) {
  const values = (row: object, keepId: boolean) => {
    const { id, version: _version, createdAt: _createdAt, createdBy: _createdBy, updatedAt: _updatedAt, updatedBy: _updatedBy, ...rest } = row as Readonly<Record<string, unknown>>
    return keepId ? { id, ...rest } : rest
  }
  const key = (row: unknown): string => JSON.stringify(row)
  return {
    visits: desk.rows(appointmentTable).map((row) => values(row, true)),
    // A row that was written before there were crews leads as one that says so.
    assignments: desk.rows(assignmentTable).map((row) => values(row, false)).toSorted((left, right) => (key(left) < key(right) ? -1 : 1)),
    blocks: desk.rows(technicianTimeTable).map((row) => values(row, false)).toSorted((left, right) => (key(left) < key(right) ? -1 : 1)),
  }
}

type Command = readonly [name: string, input: Readonly<Record<string, unknown>>]

/** A board that acts at random; every accepted act is looked at, and undone now and then. */
class Player {
  readonly desk = new DispatchDesk()
  readonly problems: string[] = []
  readonly technicians: readonly string[]
  readonly undone = new Map<string, number>()

  constructor() {
    const third = newId()
    this.desk.saveTechnician(third, 'Wes Tran')
    this.technicians = [this.desk.theo, this.desk.lena, third]
    for (const windowStart of [480, 540, 600, 600]) this.desk.book({ windowStart, windowEnd: windowStart + 120 })
  }

  /** Acts, looks at what came of it, and takes it back where asked: then everything is as it was. */
  #send(name: string, input: Readonly<Record<string, unknown>>, takeBack: (() => Command | null) | null): void {
    const { desk } = this
    const before = picture(desk)
    const outcome = desk.run(name, input)
    if (outcome.kind === 'refused') {
      expect(picture(desk)).toEqual(before)
      return
    }
    this.#look(name, outcome)
    const back = takeBack?.()
    if (!back) return
    const undone = desk.run(back[0], back[1])
    expect(undone, `${back[0]} after ${name}`).toMatchObject({ kind: 'accepted' })
    expect(picture(desk), `${back[0]} after ${name}`).toEqual(before)
    this.#look(back[0], undone)
    this.undone.set(back[0], (this.undone.get(back[0]) ?? 0) + 1)
  }

  /** As it stood, where the act has changed it. */
  #putBack(visit: Appointment): () => Command | null {
    const standing = this.desk.standing(visit.id)
    return () => {
      const { version } = this.desk.visit(visit.id)
      return version === visit.version ? null : ['appointment.putBack', { appointmentId: visit.id, standing, expectedVersion: version }]
    }
  }

  #someBlock(nth: number): TechnicianTime | undefined {
    const blocks = this.desk.rows(technicianTimeTable)
    return blocks[nth % Math.max(1, blocks.length)]
  }

  /** As it was kept; nothing to undo where the act has changed nothing. */
  #keepAgain({ version, technicianId, kind, startsAt, endsAt, note, seriesId, overbookAccepted, id }: TechnicianTime): () => Command | null {
    return () => {
      const now = this.desk.rows(technicianTimeTable).find((row) => row.id === id)
      return now?.version === version ? null : ['technicianTime.putBack', { time: { id: now ? id : newId(), technicianId, kind, startsAt, endsAt, note, seriesId, overbookAccepted, expectedVersion: now?.version ?? null } }]
    }
  }

  #look(name: string, outcome: Outcome): void {
    const rows: DispatchDesk['rows'] = (table) => this.desk.rows(table)
    if (outcome.kind === 'accepted') this.problems.push(...silentMoves(name, outcome.changes, rows), ...dispatchProblems(rows))
  }

  play({ kind, visit: nth, technician: who, quarter, quarters, overbook, accept, thenUndo }: Act): void {
    const { desk } = this
    const visits = desk.rows(appointmentTable)
    const visit = visits[nth % visits.length]
    const technicianId = this.technicians[who % this.technicians.length]
    if (!visit || technicianId === undefined) return
    const startsAt = visit.windowStartsAt + quarter * 15 * MINUTE
    const span = { startsAt, endsAt: startsAt + quarters * 15 * MINUTE }
    const acceptance = accept ? { acceptance: overbook ? { acceptedBy: 'Dana Wray', customer: 'toCall' } : { acceptedBy: 'Martin', customer: 'told', words: 'Later.' } } : {}
    const undoes = thenUndo ? this.#putBack(visit) : null
    switch (kind) {
      case 'assign':
        return this.#send('appointment.assign', { appointmentId: visit.id, technicianId, ...span, overbookAccepted: overbook, ...acceptance }, undoes)
      case 'unassign':
        return this.#send('appointment.unassign', { appointmentId: visit.id, ...acceptance }, undoes)
      case 'crew':
        return this.#send('appointment.setCrew', { appointmentId: visit.id, crewIds: accept ? [technicianId] : this.technicians.filter((_, index) => index !== who), overbookAccepted: overbook }, undoes)
      case 'split': {
        const restId = newId()
        const join = (): Command => ['appointment.join', { appointmentId: visit.id, restId, durationMinutes: visit.durationMinutes, overbookAccepted: false, expectedVersion: desk.visit(visit.id).version, restVersion: 1 }]
        return this.#send('appointment.split', { appointmentId: visit.id, restId, firstMinutes: quarters * 5 }, thenUndo ? join : null)
      }
      case 'promise':
        return this.#send('appointment.promise', { appointmentId: visit.id, technicianId: overbook ? technicianId : null, startsAt: quarters > 5 ? startsAt : null, ...acceptance }, undoes)
      case 'state':
        return this.#send('appointment.changeState', { appointmentId: visit.id, to: STATES[quarters % STATES.length], reason: 'Why not' }, undoes)
      case 'reschedule': {
        const { windowDay, windowStart, windowEnd, windowStartsAt, windowEndsAt } = visit
        return this.#send('appointment.reschedule', { appointmentId: visit.id, windowDay, windowStart: windowStart + 60, windowEnd: windowEnd + 60, windowStartsAt: windowStartsAt + 60 * MINUTE, windowEndsAt: windowEndsAt + 60 * MINUTE, reason: 'Asked for it' }, null)
      }
      case 'block': {
        const id = newId()
        return this.#send('technicianTime.add', { technicianId, kind: 'training', spans: [{ id, ...span }], overbookAccepted: overbook }, thenUndo ? () => ['technicianTime.remove', { ids: [id], expectedVersion: 1 }] : null)
      }
      case 'moveBlock': {
        const block = this.#someBlock(nth)
        return block && this.#send('technicianTime.change', { id: block.id, technicianId, kind: block.kind, ...span, note: '', overbookAccepted: overbook, expectedVersion: block.version }, thenUndo ? this.#keepAgain(block) : null)
      }
      case 'giveBack': {
        const block = this.#someBlock(nth)
        return block && this.#send('technicianTime.remove', { ids: [block.id], expectedVersion: block.version }, thenUndo ? this.#keepAgain(block) : null)
      }
    }
  }
}

describe('any sequence of board commands', () => {
  it('leaves nobody in two places unless that was accepted, moves no promise silently, keeps visits and assignments alike, and is undone exactly', () => {
    const undone = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 60, size: 'max' }), (acts) => {
        const player = new Player()
        for (const one of acts) player.play(one)
        expect(player.problems).toEqual([])
        for (const [name, times] of player.undone) undone.set(name, (undone.get(name) ?? 0) + times)
      }),
      { numRuns: Number(process.env['BATON_BOARDS'] ?? 150) },
    )
    // A property that never undoes anything would say nothing about undo.
    expect(undone.get('appointment.putBack')).toBeGreaterThan(100)
    for (const name of ['appointment.join', 'technicianTime.remove', 'technicianTime.putBack']) expect(undone.get(name), name).toBeGreaterThan(10)
  })
})
