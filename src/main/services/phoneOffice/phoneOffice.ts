import type { phoneOfficeMethods } from '../../../shared/contract/methods/phoneOffice.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { phoneRules } from '../../../shared/domain/phone/settings.ts'
import { type PhoneLine, phoneExtensionTable, phoneLineTable, phoneSettingTable } from '../../../shared/domain/phone/tables.ts'
import type { Implementation, Services } from '../../core/service.ts'
import { asColleague, colleaguesOf } from './people.ts'
import { personDayOf } from './personDay.ts'
import { wallOf } from './wall.ts'

const byPlace = (one: PhoneLine, other: PhoneLine): number => one.position - other.position || one.name.localeCompare(other.name)

function linesOf({ store }: Services): readonly PhoneLine[] {
  return store.engine.run(all(phoneLineTable)).toSorted(byPlace)
}

/** The number to give out first, then lines that have one of their own. */
function backupsOf(services: Services): { readonly name: string; readonly number: string }[] {
  const { backupNumber } = phoneRules(services.store.engine.run(all(phoneSettingTable)))
  const own = linesOf(services).filter((line) => line.active && line.backupNumber !== '' && line.backupNumber !== backupNumber)
  return [...(backupNumber === '' ? [] : [{ name: 'All lines', number: backupNumber }]), ...own.map(({ name, backupNumber: number }) => ({ name, number }))]
}

export const phoneOfficeService: Implementation<typeof phoneOfficeMethods> = {
  'phoneOffice.settings': (_input, asked) => {
    const { engine } = asked.store
    const extensions = new Map(engine.run(all(phoneExtensionTable)).map((row) => [row.userId, row]))
    return {
      lines: linesOf(asked).map(({ id, number, name, businessUnitId, purpose, skills, roles, firstSeconds, backupNumber, ringLimitSeconds, hours, consentText, recordingDays, recordMode, consentBy, position, active }) => ({
        id, number, name, businessUnitId, purpose, skills: [...skills], roles: [...roles], firstSeconds, backupNumber, ringLimitSeconds, hours: [...hours], consentText, recordingDays, recordMode, consentBy, position, active,
      })),
      extensions: engine
        .run(all(userTable))
        .filter(({ presence }) => presence !== 'left')
        .map(({ id, name }) => {
          const row = extensions.get(id)
          return { id, name, extension: row?.extension ?? null, groups: [...(row?.groups ?? [])], skills: [...(row?.skills ?? [])] }
        })
        .sort((one, other) => one.name.localeCompare(other.name)),
      rules: phoneRules(engine.run(all(phoneSettingTable))),
    }
  },
  'phoneOffice.people': (_input, asked) => ({ people: colleaguesOf(asked).map(asColleague) }),
  'phoneOffice.wall': (_input, asked) => wallOf(asked),
  'phoneOffice.personDay': ({ userId, day }, asked) => personDayOf(asked, userId, day),
  'phoneOffice.outage': (_input, asked) => {
    const { down } = asked.outage
    return { down: down && { since: down.since, reason: down.reason, account: down.account }, backups: backupsOf(asked) }
  },
}
