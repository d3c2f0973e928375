import type { Check } from './company.ts'

/** Files that are called whole and are not what their hash says, byte for byte. PostgreSQL looks at one at a time. */
const DAMAGED = `SELECT b.sha256 FROM hub_blob b WHERE b.company_id = $1 AND b.whole AND (
  SELECT encode(sha256(string_agg(p.bytes, ''::bytea ORDER BY p.from_byte)), 'hex') FROM hub_blob_piece p WHERE p.company_id = b.company_id AND p.sha256 = b.sha256
) IS DISTINCT FROM b.sha256 ORDER BY 1`

const MISSING = `SELECT count(DISTINCT a.sha256) AS count FROM attachment a LEFT JOIN hub_blob b ON b.company_id = a.company_id AND b.sha256 = a.sha256 AND b.whole
WHERE a.company_id = $1 AND a.stored_at IS NOT NULL AND a.removed_at IS NULL AND b.sha256 IS NULL`

/** Every file that is called whole is; and every file that workstations were told is here is. */
export const attachedFilesAreWhole: Check = async (company) => {
  const damaged = await company.select<{ sha256: string }>(DAMAGED)
  const [{ count } = { count: 0 }] = await company.select<{ count: number }>(MISSING)
  return [
    ...damaged.map(({ sha256 }) => `The attached file ${sha256} is damaged: what is kept is not what was attached.`),
    ...(count > 0 ? [`${count === 1 ? '1 attached file' : `${count} attached files`} should be here and ${count === 1 ? 'is' : 'are'} not. After a restore the workstations that have them send them again by themselves.`] : []),
  ]
}
