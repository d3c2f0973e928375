import { foldText } from '../../shared/base/text.ts'

/**
 * Options whose words begin with what was typed, those whose label begins with it first; each typed word must begin some word.
 * Order among equals stays as given.
 */
export function matchingOptions<Item extends { readonly label: string; readonly detail?: string }>(options: readonly Item[], typed: string): readonly Item[] {
  const wanted = foldText(typed)
  if (wanted === '') return options
  const words = wanted.split(' ')
  const matches = options.filter((option) => {
    const have = foldText(`${option.label} ${option.detail ?? ''}`).split(' ')
    return words.every((word) => have.some((candidate) => candidate.startsWith(word)))
  })
  const leads = (option: Item): boolean => foldText(option.label).startsWith(wanted)
  return [...matches.filter(leads), ...matches.filter((option) => !leads(option))]
}
