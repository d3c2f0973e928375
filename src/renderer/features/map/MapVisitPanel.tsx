import { formatWindow, formatTime } from '../../../shared/base/zone.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import type { MapTechnician, MapVisit } from './mapDay.ts'

export interface MapVisitPanelProps {
  readonly one: MapVisit
  readonly technician: MapTechnician | undefined
  /** The drive there, minutes; null where it can't be told. */
  readonly minutes: number | null
  readonly zone: string
  readonly onBoard: () => void
  readonly onClose: () => void
}

/** What somebody who looks at the map asks of a visit; everything that is done to it is done on the board. */
export function MapVisitPanel({ one: { visit, at, number }, technician, minutes, zone, onBoard, onClose }: MapVisitPanelProps) {
  const { data: detail } = useQuery('board.visit', { appointmentId: visit.id })
  const name = technician?.technician.name
  return (
    <DetailPanel
      label={`${visit.customerName}, job ${visit.jobNumber}`}
      title={visit.shortName}
      aside={
        <>
          <AlsoHere kind="visit" id={visit.id} />
          <StateChip state={visit.state} />
        </>
      }
      footer={
        <>
          <ActionButton kind="primary" label="On the board" keys="B" onClick={onBoard} />
          <ActionButton kind="quiet" label="Close" keys="Escape" onClick={onClose} />
        </>
      }
    >
      <PanelSection title={visit.jobTypeName}>
        <Facts
          items={[
            { name: 'Promised', value: formatWindow(visit.windowStart, visit.windowEnd) },
            { name: 'Planned', value: visit.startsAt === null || visit.endsAt === null ? '\u2013' : `${formatTime(visit.startsAt, zone)}\u2013${formatTime(visit.endsAt, zone)}` },
            { name: 'Technician', value: name === undefined ? 'Nobody yet' : number === null ? name : `${name}, visit ${number} of the day` },
            { name: 'Drive there', value: minutes === null ? '\u2013' : `${minutes} min` },
            { name: 'Priority', value: visit.priorityName },
          ]}
        />
        {visit.flags.map((flag) => (
          <p key={flag}>
            <StateChip state="alert">{flag}</StateChip>
          </p>
        ))}
      </PanelSection>
      <PanelSection title="Where">
        <p className="m">{detail?.address ?? '\u00A0'}</p>
        <p>{detail?.phone ? <PhoneNumber number={detail.phone} /> : '\u00A0'}</p>
        {at === null ? <p className="t2">This address has no place on the map yet. It is given with the location, on the customer\u2019s page.</p> : null}
      </PanelSection>
    </DetailPanel>
  )
}
