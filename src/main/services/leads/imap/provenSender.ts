/** So much of what a mail server says of its checks is read, characters. */
const MOST_SAID = 8_000

interface Check {
  readonly method: string
  /** Of the check: `header.d`, `smtp.mailfrom` and the like, in lower case. */
  readonly properties: ReadonlyMap<string, string>
}

const unquoted = (value: string): string => value.replaceAll('"', '').toLowerCase()

/** The checks that were passed, by an Authentication-Results header (RFC 8601, section 2.2): `mx.example.com; dkim=pass header.d=example.com`. */
function passed(results: string): readonly Check[] {
  const [, ...checks] = results.slice(0, MOST_SAID).replaceAll(/\([^()]*\)/g, ' ').split(';')
  return checks.flatMap((check) => {
    const [first = '', ...rest] = check.trim().split(/\s+/)
    const [method = '', result = ''] = first.toLowerCase().split('=')
    const properties = rest.flatMap((property): [string, string][] => {
      const at = property.indexOf('=')
      return at < 0 ? [] : [[property.slice(0, at).toLowerCase(), unquoted(property.slice(at + 1))]]
    })
    return result === 'pass' ? [{ method: method.split('/')[0] ?? '', properties: new Map(properties) }] : []
  })
}

/** The same domain, or one within the other: whoever signs for the one has it from whoever owns the other. */
function isOf(name: string | undefined, domain: string): boolean {
  const one = (name ?? '').slice((name ?? '').lastIndexOf('@') + 1)
  return one.includes('.') && domain !== '' && (one === domain || domain.endsWith(`.${one}`) || one.endsWith(`.${domain}`))
}

/** By what each check speaks for the domain that an email says it is from. */
const SPEAKS_BY: Readonly<Record<string, readonly string[]>> = {
  dmarc: ['header.from'],
  dkim: ['header.d', 'header.i'],
  spf: ['smtp.mailfrom', 'smtp.helo'],
  auth: ['smtp.auth', 'smtp.mailfrom'],
}

/**
 * Whether an email is from where it says, as far as the office's own mail server has looked: everybody can write any sender.
 * @param results the topmost Authentication-Results header, which the last server has written; null where it writes none, and nothing is known
 * @param address whom it says that it is from, in lower case
 */
export function isProvenSender(results: string | null, address: string): boolean {
  if (results === null) return true
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return passed(results).some(({ method, properties }) => (SPEAKS_BY[method] ?? []).some((property) => isOf(properties.get(property), domain)))
}
