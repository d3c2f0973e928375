import { foldText } from '../../base/text.ts'

/**
 * How many letters must be typed differently to make one word the other: insertions, deletions,
 * replacements and swapped neighbours each count one (the restricted Damerau–Levenshtein distance).
 * @param most gives up beyond this and returns `most + 1`
 */
export function editDistance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    let smallest = row
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
      smallest = Math.min(smallest, cost)
    }
    if (smallest > most) return most + 1
    beforeLast = last
    last = current
  }
  return last[right.length] ?? most + 1
}

/** Two names that one person may have: the same words in any order, or one slip of the keyboard apart. */
export function namesAlike(left: string, right: string): boolean {
  const [first, second] = [foldText(left), foldText(right)]
  if (first === '' || second === '') return false
  const sorted = (name: string): string => name.split(' ').toSorted().join(' ')
  if (sorted(first) === sorted(second)) return true
  // A slip in a short name makes another name: Ann is not Ian.
  const shorter = Math.min(first.length, second.length)
  const slips = shorter < 6 ? 0 : shorter < 12 ? 1 : 2
  return editDistance(first, second, slips) <= slips
}
