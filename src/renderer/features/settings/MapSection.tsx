import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { toast } from '../../stores/toast.ts'
import { FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Pictures = OutputOf<'map.pictures'>['pictures']

const NO_INPUT = {} as const

/** What the page may fetch is written into it when it is opened: a new server is seen after that. */
const AFTERWARDS = 'Saved on this workstation. Reload the page (Ctrl+R) to see it: calls go on.'

function PicturesForm({ pictures }: { readonly pictures: Pictures }) {
  const form = useRecordForm({
    record: 'map',
    initial: pictures ?? { address: '', credit: '' },
    fields: ['address', 'credit'],
    send: (draft) => api.action('map.setPictures', { pictures: draft }),
    said: AFTERWARDS,
  })
  const off = (): void => {
    api.action('map.setPictures', { pictures: null }).then(
      () => toast('Outlines only from now on. Nothing is fetched.'),
      (thrown: unknown) => toast(asContractError(thrown).message),
    )
  }
  return (
    <RecordPanel page title="Map pictures" form={form} action="Use these pictures" more={pictures === null ? null : <ActionButton kind="quiet" label="Outlines only" onClick={off} />}>
      <p className="t2">
        The map draws its own outlines and needs no network. Where you have a map server, or an account with one, its pictures can lie beneath. That server then learns which part of the world you look at, and nothing else. Where it does not answer, the outlines stay.
      </p>
      <FormText form={form} field="address" label="Address of the pictures" required maxLength={400} hint="With {z}, {x} and {y}, such as https://tiles.example.com/{z}/{x}/{y}.png" />
      <FormText form={form} field="credit" label="Whose map it is" required maxLength={200} hint="Said in the corner of the map, as most servers ask for" />
    </RecordPanel>
  )
}

/** Where this workstation fetches map pictures from: nowhere, until somebody says so. */
export function MapSection() {
  const { data, error, refetch } = useQuery('map.pictures', NO_INPUT)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={6} />
  return <PicturesForm pictures={data.pictures} />
}
