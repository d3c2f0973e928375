/**
 * JSON with sorted keys and no white space: equal values give equal text, so that both engines store
 * and compare the same bytes and a command's hash does not depend on who built the object.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    const entries = Object.entries(part as Record<string, unknown>)
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
  })
}
