import { MINUTE } from '../../../shared/base/time.ts'
import { formatTime, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { ReadOnly } from '../booking/ReadOnly.tsx'
import { callerGap, callerStep, setPath, useOffice, useVisits, VisitChoice } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'
import { whereIsTechnician } from './whereWords.ts'

const CALLS_IN = [15, 30, 60] as const

/** "Where is my technician?", answered in one key: state, window, who, and what to say. */
export function WhereIs({ booking }: PathProps) {
  const { draft, customer } = booking
  const office = useOffice(booking)
  const { visits, chosen } = useVisits(booking, () => true)
  const answer = chosen && whereIsTechnician(chosen, { now: office.now, today: wallTimeOf(office.now, chosen.zone).day })
  const minutes = draft.path.callInMinutes ?? (answer?.owesCall ? 15 : 0)
  const by = office.now + minutes * MINUTE
  return (
    <PathFrame
      booking={booking}
      kind="whereIsTechnician"
      steps={[
        callerStep(booking),
        {
          key: 'answer',
          name: 'Answer',
          words: answer ? `\u201c${answer.say}\u201d` : visits ? '\u201cI don\u2019t see a visit on your account. Let me look at what we have.\u201d' : '',
          fields: (
            <>
              <VisitChoice booking={booking} visits={visits} chosen={chosen} none="No visit is open, and none was done today" />
              {chosen ? (
                <div className={classes['facts']}>
                  <dl className={classes['fact']}>
                    <dt className="cap">State</dt>
                    <dd>
                      <StateChip state={chosen.state} />
                    </dd>
                  </dl>
                  <ReadOnly label="Window" value={formatWindow(chosen.windowStart, chosen.windowEnd)} />
                  <ReadOnly label="Technician" value={chosen.technicianName ?? 'Nobody yet'} />
                  <ReadOnly label="Planned" value={chosen.startsAt === null ? '\u2013' : formatTime(chosen.startsAt, chosen.zone)} />
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'promise',
          name: 'Call with the arrival time',
          words: minutes === 0 ? '\u201cIs there anything else?\u201d' : `\u201cI\u2019ll see that you get a call by ${formatTime(by, office.zone)}.\u201d`,
          fields: (
            <SegmentedControl
              label="Promise a call"
              value={String(minutes)}
              onChange={(value) => setPath(booking, { callInMinutes: Number(value) })}
              segments={[{ value: '0', label: 'No call needed' }, ...CALLS_IN.map((in_) => ({ value: String(in_), label: `Within ${in_} min` }))]}
            />
          ),
        },
      ]}
      label={minutes === 0 ? 'Told the customer' : `Told, and dispatch calls by ${formatTime(by, office.zone)}`}
      gap={callerGap(booking)}
      act={async () => {
        if (minutes > 0) {
          await handOn(booking, {
            title: `Call ${customer?.name ?? 'the customer'} with the arrival time`,
            type: 'etaCall',
            role: 'dispatcher',
            dueAt: by,
            priority: 'high',
            notes: '',
            ...(chosen ? { related: { kind: 'job' as const, id: chosen.jobId } } : {}),
          })
        }
        return { outcome: 'excused', reason: 'Asked where the technician is', done: minutes === 0 ? 'Noted: told where the technician is.' : `Dispatch calls by ${formatTime(by, office.zone)}.` }
      }}
    />
  )
}
