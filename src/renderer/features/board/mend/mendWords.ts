import { formatTime } from '../../../../shared/base/zone.ts'
import type { ProposedMove, Proposal } from '../../../../shared/contract/methods/assistant.ts'

/** What the assistant proposes, in words. */

type Names = (technicianId: string) => string

/** `Theo Barnard 9:00 AM → Lena Ruiz 9:15 AM`. */
export function placesWords({ before, after }: Pick<ProposedMove, 'before' | 'after'>, nameOf: Names, zone: string): string {
  const place = (seat: ProposedMove['after'], nobody: string): string => (seat === null ? nobody : `${nameOf(seat.technicianId)} ${formatTime(seat.startsAt, zone)}`)
  return `${place(before, 'Nobody')} \u2192 ${place(after, 'back to the tray')}`
}

const signed = (minutes: number): string => (minutes > 0 ? `${minutes} min more` : minutes < 0 ? `${-minutes} min less` : 'no more')

/** What it costs and whom it takes: `8 min more driving`, `Call: …`, `Tell Lena Ruiz`. */
export function effectsOf({ driveMinutes, call, tell, needs }: ProposedMove, nameOf: Names, visitName: (appointmentId: string) => string): readonly string[] {
  return [
    `${signed(driveMinutes)} driving`,
    ...(call.length > 0 ? [`Call: ${call.map((reason) => `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`).join(', ')}`] : []),
    ...(tell.length > 0 ? [`Tell ${tell.map(nameOf).join(', ')}`] : []),
    ...(needs.length > 0 ? [`Goes with ${needs.map(visitName).join(', ')}`] : []),
  ]
}

/** What is not moved though it was ticked, each by name: what was changed since it was proposed, and what has no room without that. */
export function stayingWords(staying: readonly Pick<ProposedMove, 'appointmentId' | 'name'>[], why: ReadonlyMap<string, string>): string {
  return staying.map(({ appointmentId, name }) => `${name} stays: ${why.get(appointmentId) ?? 'there is no room for it without that.'}`).join(' ')
}

/** What all of it comes to. */
export function sumWords({ moves, driveMinutes, overtimeMinutes }: Proposal): string {
  const calls = moves.filter(({ call }) => call.length > 0).length
  const overtime = overtimeMinutes.after - overtimeMinutes.before
  return [
    moves.length === 1 ? '1 move' : `${moves.length} moves`,
    calls === 0 ? 'nobody to call' : calls === 1 ? '1 customer to call' : `${calls} customers to call`,
    `${signed(driveMinutes.after - driveMinutes.before)} driving`,
    ...(overtime === 0 ? [] : [`${signed(overtime)} overtime`]),
  ].join(' \u00B7 ')
}
