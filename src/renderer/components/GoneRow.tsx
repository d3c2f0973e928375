import { DetailPanel, PanelSection } from './DetailPanel.tsx'
import { goneWords } from './useStanding.ts'

/** In place of a row’s panel: others have taken it away, and no key acts on another one instead. */
export function GoneRow({ name }: { readonly name: string }) {
  return (
    <DetailPanel label="No longer in this list" title={name}>
      <PanelSection>
        <p>{goneWords(name)}</p>
      </PanelSection>
    </DetailPanel>
  )
}

/** Says it to whoever does not see the screen. @param name null where the row is there */
export function GoneVoice({ name }: { readonly name: string | null }) {
  return (
    <p className="spoken" role="status">
      {name === null ? '' : goneWords(name)}
    </p>
  )
}
