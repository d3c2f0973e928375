import { foldText } from '../../shared/base/text.ts'

const initials = (label: string): string =>
  foldText(label)
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')

/**
 * Options whose words begin with what was typed, those whose label begins with it first; each typed word must begin some word.
 * Order among equals stays as given. Where no word begins so, the first letters of words that follow each other do: `wh` finds
 * "Water heater".
 */
export function matchingOptions<Item extends { readonly label: string; readonly detail?: string }>(options: readonly Item[], typed: string): readonly Item[] {
  const wanted = foldText(typed)
  if (wanted === '') return options
  const words = wanted.split(' ')
  const matches = options.filter((option) => {
    const have = foldText(`${option.label} ${option.detail ?? ''}`).split(' ')
    return words.every((word) => have.some((candidate) => candidate.startsWith(word)))
  })
  if (matches.length === 0 && words.length === 1) return options.filter(({ label }) => initials(label).includes(wanted))
  const leads = (option: Item): boolean => foldText(option.label).startsWith(wanted)
  return [...matches.filter(leads), ...matches.filter((option) => !leads(option))]
}
