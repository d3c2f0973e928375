import type { MapArea, mapMethods } from '../../../shared/contract/methods/map.ts'
import { keepMapPictures, readMapPictures } from '../../core/mapPictures.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { and, eq, isNotNull, schema, sql } from '../../store/schema.ts'
import { type CountedPlace, outlineOf, withoutStrays } from './outline.ts'

/** Places are told apart to about 200 m: an outline needs no more, and SQLite counts instead of handing over every row. */
const CELL = 2_000

function readAreas({ store }: Asked): MapArea[] {
  const { location } = schema
  const [north, east] = [sql<number>`round(${location.latitude} * 1.0 / ${CELL})`, sql<number>`round(${location.longitude} * 1.0 / ${CELL})`]
  const cells = store.db
    .select({ postalCode: location.postalCode, city: sql<string>`max(${location.city})`, north, east, places: sql<number>`count(*)` })
    .from(location)
    .where(and(eq(location.companyId, store.companyId), isNotNull(location.latitude), isNotNull(location.longitude)))
    .groupBy(location.postalCode, north, east)
    .all()
  const byCode = new Map<string, { readonly city: string; readonly places: CountedPlace[] }>()
  for (const { postalCode, city, places, ...cell } of cells) {
    const area = byCode.get(postalCode) ?? { city, places: [] }
    byCode.set(postalCode, area)
    area.places.push({ latitude: Math.round(cell.north) * CELL, longitude: Math.round(cell.east) * CELL, places })
  }
  return [...byCode]
    .map(([postalCode, { city, places }]) => {
      const together = withoutStrays(places)
      return { postalCode, city, places: together.reduce((sum, place) => sum + place.places, 0), outline: [...outlineOf(together)] }
    })
    .toSorted((left, right) => right.places - left.places || (left.postalCode < right.postalCode ? -1 : 1))
}

export const mapService: Implementation<typeof mapMethods> = {
  'map.areas': (_input, asked) => ({ areas: readAreas(asked) }),
  'map.pictures': (_input, { directory }) => ({ pictures: readMapPictures(directory) }),
  'map.setPictures': ({ pictures }, { directory, emit, actorId }) => {
    if (directory === ':memory:') throw new ServiceError('map.noFolder', 'An exercise keeps no settings of the workstation. Set it outside of the exercise.')
    keepMapPictures(directory, pictures)
    emit('changed', { tables: ['map_pictures'], by: actorId })
    return { pictures: readMapPictures(directory) }
  },
}
