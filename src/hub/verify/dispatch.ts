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

/** A visit and its assignments say the same: one lead, the crew that the visit names, everybody for the visit\u2019s own time. */
export const visitsAreAsAssigned: Check = async (company) => {
  const off = await company.select<{ id: string }>(
    `SELECT v.id FROM appointment v CROSS JOIN LATERAL (
       SELECT count(*) AS hands, count(DISTINCT a.technician_id) AS people, bool_and(a.starts_at = v.starts_at AND a.ends_at = v.ends_at) AS for_its_time,
         array_agg(a.technician_id) FILTER (WHERE a.role IS DISTINCT FROM 'crew') AS leads, array_agg(a.technician_id ORDER BY a.technician_id COLLATE "C") FILTER (WHERE a.role = 'crew') AS crew
       FROM assignment a WHERE a.company_id = v.company_id AND a.appointment_id = v.id) assigned
     WHERE v.company_id = $1
     AND (CASE WHEN v.state = 'canceled' THEN hands > 0
       WHEN v.technician_id IS NULL THEN hands > 0 OR v.starts_at IS NOT NULL OR v.ends_at IS NOT NULL
       ELSE (for_its_time AND people = hands AND leads = ARRAY[v.technician_id] AND coalesce(to_jsonb(crew), '[]') = coalesce(v.crew_ids::jsonb, '[]')) IS NOT TRUE END) ORDER BY 1`,
  )
  return off.map(({ id }) => `The visit ${id} and its assignments differ.`)
}
