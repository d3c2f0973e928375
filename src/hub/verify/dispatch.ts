import type { Check } from './company.ts'

/** No technician is in two places at once, unless somebody accepted it. */
export const nobodyIsInTwoPlaces: Check = async (company) => {
  const overlaps = await company.select<{ technician: string; one: string; other: string }>(
    `SELECT t.name AS technician, a.id AS one, b.id AS other FROM assignment a
     JOIN assignment b ON b.company_id = a.company_id AND b.technician_id = a.technician_id AND b.id > a.id AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
     JOIN technician t ON t.company_id = a.company_id AND t.id = a.technician_id
     WHERE a.company_id = $1 AND NOT a.overbook_accepted AND NOT b.overbook_accepted ORDER BY 1, 2`,
  )
  return overlaps.map(({ technician, one, other }) => `${technician} is in two places at once (assignments ${one} and ${other}).`)
}

/** A visit and its assignment say the same. */
export const visitsAreAsAssigned: Check = async (company) => {
  const off = await company.select<{ id: string }>(
    `SELECT v.id FROM appointment v LEFT JOIN assignment a ON a.company_id = v.company_id AND a.appointment_id = v.id WHERE v.company_id = $1
     AND (CASE WHEN v.state = 'canceled' THEN a.id IS NOT NULL ELSE (v.technician_id, v.starts_at, v.ends_at) IS DISTINCT FROM (a.technician_id, a.starts_at, a.ends_at) END) ORDER BY 1`,
  )
  return off.map(({ id }) => `The visit ${id} and its assignment differ.`)
}
