import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallIdentity } from '../port.ts'

/** As many digits as a telephone inside an office has, and a customer never. */
const EXTENSION = /^[0-9*#]{2,6}$/

/** Who is at the other end, as a telephone system writes it: a number that can be called back, one of our own telephones, or nobody known. */
export function otherEnd(text: string): Pick<CallIdentity, 'fromNumber' | 'fromExtension'> {
  const fromNumber = normalizePhone(text) ?? null
  return fromNumber === null && EXTENSION.test(text.trim()) ? { fromNumber, fromExtension: text.trim() } : { fromNumber }
}
