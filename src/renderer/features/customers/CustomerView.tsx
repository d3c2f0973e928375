import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { type ReactNode, useState } from 'react'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FlagChips } from '../../components/FlagChips.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PlainChip, StateChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { currentPath, navigate } from '../../stores/route.ts'
import { keepBeside, useBeside } from '../../stores/beside.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { callNumber } from '../calls/callNumber.ts'
import { AttachmentTable } from '../attachments/AttachmentTable.tsx'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import { CustomerFacts } from './CustomerFacts.tsx'
import { CustomerInvoices, CustomerJobs } from './CustomerTables.tsx'
import { CustomerStanding } from './CustomerStanding.tsx'
import classes from './customers.module.css'
import { EditPanel } from './EditPanel.tsx'
import { RestingPane } from './restingPane.ts'
import type { Editing } from './PanelForm.tsx'
import { Timeline } from './Timeline.tsx'

type View = 'timeline' | 'jobs' | 'invoices' | 'attachments'

function Header({ customer, files, view, onView, actions }: { readonly customer: CustomerPage; readonly files: number; readonly view: View; readonly onView: (view: View) => void; readonly actions: ReactNode }) {
  const zone = useZone()
  return (
    <header className={classes['head']}>
      <div className={classes['headRow']}>
        <h1 className="h1 el">{customer.name}</h1>
        <FlagChips customer={customer} solid />
        {customer.archived ? <StateChip state="canceled">Archived</StateChip> : null}
        <PlainChip>{customer.kind === 'commercial' ? 'Commercial' : 'Residential'}</PlainChip>
        {customer.taxExempt ? <PlainChip>Tax exempt</PlainChip> : null}
        <span className={`t3 nw el ${classes['since']}`}>
          Customer since {wallTimeOf(customer.since, zone).day.slice(0, 4)} · {customer.number}
        </span>
        <span className="sp" />
        <AlsoHere kind="customer" id={customer.id} />
        {actions}
      </div>
      <Tabs value={view} onChange={(_event, next: View) => onView(next)} aria-label="Customer">
        <Tab disableRipple value="timeline" label="Timeline" />
        {customer.counts.jobs > 0 || view === 'jobs' ? <Tab disableRipple value="jobs" label={<span>Jobs <span className="t3">{customer.counts.jobs}</span></span>} /> : null}
        {customer.counts.invoices > 0 || view === 'invoices' ? <Tab disableRipple value="invoices" label={<span>Invoices <span className="t3">{customer.counts.invoices}</span></span>} /> : null}
        <Tab disableRipple value="attachments" label={<span>Attachments <span className="t3">{files === 0 ? '' : files}</span></span>} />
      </Tabs>
    </header>
  )
}

function Middle({ view, customerId, mayEdit }: { readonly view: View; readonly customerId: string; readonly mayEdit: boolean }) {
  switch (view) {
    case 'timeline':
      return <Timeline customerId={customerId} />
    case 'jobs':
      return <CustomerJobs customerId={customerId} />
    case 'invoices':
      return <CustomerInvoices customerId={customerId} />
    case 'attachments':
      return <AttachmentTable subject={{ subjectKind: 'customer', subjectId: customerId }} mayEdit={mayEdit} />
  }
}

/** One customer on one page: how to reach them, what happened, what is owed. Editing takes the right column; nothing else moves. */
export function CustomerView({ customerId, query, paired = null }: { readonly customerId: string; readonly query: Readonly<Record<string, string>>; readonly paired?: 'active' | 'beside' | null }) {
  const { data: customer, error, refetch } = useQuery('customers.get', { customerId })
  useRefetchByLink(refetch)
  const { data: attached } = useQuery('attachment.list', { subjectKind: 'customer', subjectId: customerId })
  const [editing, setEditing] = useState<Editing | null>(null)
  const may = useMay()
  const asked = query['tab']
  const view: View = asked === 'jobs' || asked === 'invoices' || asked === 'attachments' ? asked : 'timeline'
  const book = (): void => navigate({ area: 'booking', query: { customer: customerId } })
  const phone = customer?.phones[0]?.value
  const { userId } = usePerson()
  const call = (): void => {
    if (phone !== undefined) void callNumber({ number: phone, name: customer?.name ?? '', customerId }, userId)
  }
  const edit = may('customer.edit')
  const mayBook = may('job.book')
  const beside = useBeside()
  const here = paired !== 'beside'
  /** Alone, the customer stays while another one is opened; of two, the other one is worked on. */
  const switchSides = (): void => {
    if (paired === 'active' && beside) {
      keepBeside({ customerId, side: beside.side === 'left' ? 'right' : 'left' })
      navigate({ area: 'customers', path: [beside.customerId] }, { replace: true })
    } else {
      keepBeside({ customerId, side: 'left' })
      toast(`${customer?.name ?? 'This customer'} stays open. Open another customer, and both stand side by side.`)
    }
  }
  const show = (next: View): void => {
    const [active] = currentPath()
    // A tab of the one that rests makes it the one that is worked on; the other must not go by that.
    if (!here && beside && active !== undefined) keepBeside({ customerId: active, side: beside.side === 'left' ? 'right' : 'left' })
    navigate({ area: 'customers', path: [customerId], query: next === 'timeline' ? {} : { tab: next } }, { replace: true })
  }

  useHotkeys(
    'Customer',
    [
      ...(mayBook ? [{ keys: 'B', label: 'Book a job', run: book }] : []),
      ...(phone === undefined ? [] : [{ keys: 'C', label: 'Call', run: call }]),
      ...(edit
        ? [
            { keys: 'N', label: 'Add a note', run: () => setEditing({ kind: 'note' }) },
            { keys: 'E', label: 'Edit', run: () => setEditing({ kind: 'customer' }) },
            { keys: 'L', label: 'Add a location', run: () => setEditing({ kind: 'location', id: null }) },
            { keys: 'R', label: 'How to reach them, and what they allow', run: () => setEditing({ kind: 'reach' }) },
            { keys: 'W', label: 'Flags that stop or warn', run: () => setEditing({ kind: 'flags' }) },
            { keys: 'A', label: 'Technicians they ask for, or do not want again', run: () => setEditing({ kind: 'wishes' }) },
            { keys: 'P', label: 'Add a phone or email', run: () => setEditing({ kind: 'contact', id: null }) },
          ]
        : []),
      { keys: 'D', label: paired === null ? 'Keep open beside another customer' : 'Work on the other customer', run: switchSides },
      ...(paired === null && beside === null ? [] : [{ keys: 'Shift+D', label: 'Show one customer only', run: () => keepBeside(null) }]),
      { keys: 'T', label: 'Timeline', run: () => show('timeline') },
      { keys: 'F', label: 'Attachments', run: () => show('attachments') },
      ...(customer && customer.counts.jobs > 0 ? [{ keys: 'O', label: 'Jobs', run: () => show('jobs') }] : []),
      ...(customer && customer.counts.invoices > 0 ? [{ keys: 'I', label: 'Invoices', run: () => show('invoices') }] : []),
    ],
    { enabled: customer !== undefined && here },
  )

  if (!customer) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return (
    <div className={`${classes['screen']} ${here ? '' : classes['resting']}`}>
      <Header
        customer={customer}
        files={attached?.length ?? 0}
        view={view}
        onView={show}
        actions={
          here ? <>
            {phone === undefined ? null : <ActionButton icon="phone" label="Call" keys="C" onClick={call} />}
            {edit ? <ActionButton icon="document" label="Note" keys="N" onClick={() => setEditing({ kind: 'note' })} /> : null}
            {mayBook ? <ActionButton kind="primary" icon="plus" label="Book" keys="B" onClick={book} /> : null}
          </> : <ActionButton label="Work here" keys="D" onClick={() => show('timeline')} />
        }
      />
      <RestingPane value={here ? null : customer.name}>
        <CustomerFacts customer={customer} mayEdit={edit && here} onEdit={setEditing} marked={query['location'] ?? null} />
        <div className={classes['middle']}>
          <Middle view={view} customerId={customerId} mayEdit={edit && here} />
        </div>
        {editing && here ? <EditPanel key={JSON.stringify(editing)} customer={customer} editing={editing} onClose={() => setEditing(null)} /> : <CustomerStanding customer={customer} />}
      </RestingPane>
    </div>
  )
}
