/** What somebody has to answer for before a visit of the standard checklist goes out; the rest its record answers. */
export const WHOLE_HANDOFF = [
  { item: 'phone', said: '' },
  { item: 'address', said: '' },
  { item: 'access', said: 'No gate' },
  { item: 'home', said: 'The customer' },
] as const
