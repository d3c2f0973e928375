import { join } from 'node:path'
import { addDays, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { companyTable } from '../../../shared/domain/people/tables.ts'
import type { BackgroundLane } from '../../core/backgroundLane.ts'
import { errorDetails, type Log } from '../../core/log.ts'
import type { Store } from '../../store/store.ts'
import type { Timers } from '../../sync/timers.ts'
import { type DaySheet, readDaySheet, readNobodysSheet, sheetHead, sheetTechnicians } from './daySheet.ts'
import { type KeptDay, KeptFolder, plainName, type SheetFile } from './keptFolder.ts'
import type { SchedulesPort } from './port.ts'
import { printSheets } from './printSheets.ts'
import { sheetCalendar } from './sheetCalendar.ts'
import { MADE_AT, sheetsDue } from './sheetsDue.ts'

interface Parts {
  readonly store: Store
  /** The data folder, or `:memory:`, where nothing is kept. */
  readonly directory: string
  readonly background: BackgroundLane
  readonly log: Log
  readonly now: () => number
  /** What is kept has changed. */
  readonly tell: () => void
}

/** Yesterday's can still be looked up; what is older names customers for no reason. */
const KEPT_DAYS_BACK = 1

/** How often it is looked whether something is due; a look that finds nothing costs nothing. */
const EVERY = 60_000

const EVERYBODY_FILE = 'everybody.pdf'

/** Two technicians of one name have files of their own. */
function calendarFiles(sheets: readonly DaySheet[], madeAt: Instant): readonly SheetFile[] {
  const taken = new Set<string>()
  return sheets.flatMap((sheet) => {
    if (sheet.technicianId === null) return []
    const plain = plainName(sheet.technician)
    let name = plain
    for (let next = 2; taken.has(name.toLowerCase()); next++) name = `${plain} ${next}`
    taken.add(name.toLowerCase())
    return [{ name: `${name}.ics`, bytes: sheetCalendar(sheet, madeAt) }]
  })
}

/** Keeps today's and tomorrow's day sheets as files of this workstation, so that an outage finds them made. */
export class ScheduleKeeper implements SchedulesPort {
  readonly #parts: Parts
  readonly #folder: KeptFolder | null
  #touched = true
  #trouble: string | null = null
  #making: Promise<void> | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.#folder = parts.directory === ':memory:' ? null : new KeptFolder(join(parts.directory, 'day-sheets'))
  }

  touched(): void {
    this.#touched = true
  }

  kept(): { readonly folder: string | null; readonly days: readonly KeptDay[]; readonly trouble: string | null } {
    return { folder: this.#folder?.path ?? null, days: this.#folder?.days() ?? [], trouble: this.#trouble }
  }

  async look(anyway = false): Promise<void> {
    while (this.#making) await this.#making
    const due = anyway ? this.#wanted() : this.#due()
    if (due.length === 0) return
    this.#making = this.#make(due)
    try {
      await this.#making
    } finally {
      this.#making = null
    }
  }

  /** Looks by itself from now on. @returns what stops it */
  start(timers: Timers): () => void {
    let stopped = false
    let stop: () => void = () => undefined
    const next = (): void => {
      if (stopped) return
      void this.look().finally(() => {
        if (!stopped) stop = timers.after(EVERY, next)
      })
    }
    stop = timers.after(EVERY, next)
    return () => {
      stopped = true
      stop()
    }
  }

  #zone(): string | null {
    return this.#parts.store.engine.run(all(companyTable))[0]?.zone ?? null
  }

  /** Today and tomorrow; none before there is a company, and none in memory. */
  #wanted(): readonly IsoDay[] {
    const zone = this.#zone()
    if (zone === null || this.#folder === null) return []
    const { day } = wallTimeOf(this.#parts.now(), zone)
    return [day, addDays(day, 1)]
  }

  #due(): readonly IsoDay[] {
    const wanted = this.#wanted()
    const [today] = wanted
    const zone = this.#zone()
    if (today === undefined || zone === null || this.#folder === null) return []
    const marks = MADE_AT.map((minute) => instantOf(today, minute, zone))
    const made = new Map(this.#folder.days().map(({ day, madeAt }) => [day, madeAt]))
    const now = this.#parts.now()
    return wanted.filter((day) => sheetsDue({ now, madeAt: made.get(day) ?? null, marks, touched: this.#touched }))
  }

  async #make(days: readonly IsoDay[]): Promise<void> {
    const { log, tell } = this.#parts
    this.#touched = false
    try {
      for (const day of days) await this.#makeDay(day)
      const [today] = this.#wanted()
      if (today !== undefined) this.#folder?.dropBefore(addDays(today, -KEPT_DAYS_BACK))
      this.#trouble = null
    } catch (error) {
      this.#touched = true
      this.#trouble = `The day sheets could not be made in ${this.#folder?.path ?? 'the data folder'}; the former ones are still there. Free some space there or make the folder writable.`
      log.warn('daySheets.failed', errorDetails(error))
    }
    tell()
  }

  /** One technician a turn: whoever types or is called meanwhile waits for one sheet at most. */
  async #makeDay(day: IsoDay): Promise<void> {
    const { background } = this.#parts
    const head = await background.run(() => sheetHead(this.#parts))
    const sheets: DaySheet[] = []
    for (const { id } of sheetTechnicians(this.#parts)) {
      const sheet = await background.run(() => readDaySheet(id, day, this.#parts))
      // A page that says "no visits" is only paper.
      if (sheet && sheet.visits.length > 0) sheets.push(sheet)
    }
    const nobodys = await background.run(() => readNobodysSheet(day, this.#parts))
    if (nobodys) sheets.push(nobodys)
    const files: SheetFile[] = sheets.length === 0 ? [] : [{ name: EVERYBODY_FILE, bytes: await printSheets({ ...head, sheets }) }]
    await background.run(() => this.#folder?.put(day, head.madeAt, [...files, ...calendarFiles(sheets, head.madeAt)]))
  }
}
