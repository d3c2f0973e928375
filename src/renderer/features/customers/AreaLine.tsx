import type { OutputOf } from '../../api/types.ts'

type Area = OutputOf<'customers.placeOfZip'>['area']

const TONES = { inside: 'good-t', outside: 'alert-t m', unknown: 'hold-t' } as const

/** Whether the company works there, as soon as the ZIP code is known. Its line is kept free, so that nothing moves. */
export function AreaLine({ area }: { readonly area: Area | undefined }) {
  return (
    <p className={`dense el ${area ? TONES[area.standing] : ''}`} aria-live="polite" title={area?.sentence}>
      {area?.sentence ?? '\u00a0'}
    </p>
  )
}
