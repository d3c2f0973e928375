import type { Colleague, Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { doingGlyph, doingSince, doingWords } from './statusWords.ts'
import { useSecond } from './useSecond.ts'
import classes from './wall.module.css'
import { waitWords } from './wallWords.ts'

function Since({ since }: { readonly since: number | null }) {
  const at = useSecond()
  return <span className={classes['time']}>{since === null ? '' : waitWords(at - since)}</span>
}

function PersonRow({ person }: { readonly person: Colleague }) {
  return (
    <li data-doing={person.call && person.call.state !== 'ringing' ? 'talking' : person.status}>
      <StateGlyph state={doingGlyph(person)} />
      <b className="m el">{person.name}</b>
      <span className="t2 el">{person.roles.map((role) => ROLE_NAMES[role]).join(', ')}</span>
      <span className={classes['doing']}>{doingWords(person)}</span>
      <Since since={doingSince(person)} />
    </li>
  )
}

const isThere = (person: Colleague): boolean => person.at !== 'out' || person.call !== null || (person.status !== 'available' && person.status !== 'gone')

/** Everybody who is there, always in the order of their names: nobody has to be looked for when something changes. */
export function WallPeople({ wall: { people } }: { readonly wall: Wall }) {
  const there = people.filter(isThere)
  const others = people.filter((person) => !isThere(person))
  const talking = there.filter(({ call }) => call !== null && call.state !== 'ringing').length
  const free = there.filter((person) => person.free).length
  return (
    <section className={classes['section']} aria-label="People">
      <h2>
        People <span className="t2">{`${talking} on a call, ${free} free`}</span>
      </h2>
      <ul className={classes['people']}>
        {there.map((person) => (
          <PersonRow key={person.userId} person={person} />
        ))}
      </ul>
      {others.length > 0 ? <p className={`t2 ${classes['others']}`}>{`Not signed in: ${others.map(({ name }) => name).join(', ')}`}</p> : null}
    </section>
  )
}
