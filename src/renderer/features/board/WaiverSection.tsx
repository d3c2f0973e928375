import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { StateChip } from '../../components/StateGlyph.tsx'
import { WAIVER_WORDS, WaiverSteps } from '../handoff/WaiverSteps.tsx'

/** The paper that has to come back before work starts: how it stands, and what was heard of it. */
export function WaiverSection({ jobId, waiver: { name, state }, mayEdit }: { readonly jobId: string; readonly waiver: NonNullable<VisitDetail['waiver']>; readonly mayEdit: boolean }) {
  return (
    <section>
      <p className="cap">Waiver</p>
      <p className="row">
        <span className="el">{name}</span>
        <span className="sp" />
        <StateChip state={state === 'owed' || state === 'sent' ? 'hold' : 'confirmed'}>{WAIVER_WORDS[state]}</StateChip>
      </p>
      {mayEdit ? <WaiverSteps jobId={jobId} name={name} state={state} /> : null}
    </section>
  )
}
