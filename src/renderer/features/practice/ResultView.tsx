import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { PracticeResultRow } from '../../../shared/contract/methods/practice.ts'
import { practiceCaller } from '../../../shared/domain/practice/callers.ts'
import { PART_NAMES, PART_POINTS, PRACTICE_PARTS, type PracticePart, type Verdict } from '../../../shared/domain/practice/parts.ts'
import { spokenSeconds } from '../../../shared/domain/practice/score.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateGlyph, type StateName } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import classes from './practice.module.css'

const VERDICT_SIGNS: Readonly<Record<Verdict, { readonly state: StateName; readonly word: string; readonly tone: string }>> = {
  right: { state: 'done', word: 'Right', tone: 'good-t' },
  missing: { state: 'scheduled', word: 'Missing', tone: 'hold-t' },
  wrong: { state: 'canceled', word: 'Wrong', tone: 'alert-t' },
}

function Part({ part, result }: { readonly part: PracticePart; readonly result: PracticeResultRow }) {
  const findings = result.findings.filter((finding) => finding.part === part)
  return (
    <section aria-label={PART_NAMES[part]}>
      <h2>
        {PART_NAMES[part]}, {result.points[part]} of {PART_POINTS[part]}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col" style={{ width: '96px' }}>
              Verdict
            </th>
            <th scope="col" style={{ width: '22%' }}>
              What
            </th>
            <th scope="col">Yours</th>
            <th scope="col">Better</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ verdict, what, yours, better }, index) => (
            // Findings have no identity of their own: their place is what they are.
            <tr key={index}>
              <td>
                <span className={`${classes['verdict']} ${VERDICT_SIGNS[verdict].tone}`}>
                  <StateGlyph state={VERDICT_SIGNS[verdict].state} /> {VERDICT_SIGNS[verdict].word}
                </span>
              </td>
              <td className="m">{what}</td>
              <td>{yours === '' ? '\u2013' : yours}</td>
              <td>{better === '' ? <span className="t3">As it should be</span> : better}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What an exercise scored, point by point: what was right, what was missing, and how it is better said. */
export function ResultView({ result }: { readonly result: PracticeResultRow }) {
  const zone = useZone()
  const { userId } = usePerson()
  const caller = practiceCaller(result.callerKey)
  const again = (): void => navigate({ area: 'practice', ...(caller ? { query: { caller: caller.key } } : {}) })
  useHotkeys('Result', [{ keys: 'O', label: 'To the callers', run: again }])
  const missed = result.findings.filter(({ verdict }) => verdict !== 'right').length
  return (
    <article className={classes['result']} aria-label="Result">
      <ScreenBar
        title={caller?.title ?? result.callerKey}
        detail={`${result.userId === userId ? '' : `${result.name}, `}${formatDay(wallTimeOf(result.finishedAt, zone).day)}, ${formatTime(result.finishedAt, zone)}${missed === 0 ? '' : `, ${missed} to do better`}`}
        actions={<ActionButton small label="To the callers" keys="O" onClick={again} />}
      />
      <dl className={classes['parts']}>
        <div>
          <dt>Score</dt>
          <dd aria-label="Score">{result.total} of 100</dd>
        </div>
        {PRACTICE_PARTS.map((part) => (
          <div key={part}>
            <dt>{PART_NAMES[part]}</dt>
            <dd>
              {result.points[part]} of {PART_POINTS[part]}
            </dd>
          </div>
        ))}
        <div>
          <dt>Length</dt>
          <dd>{spokenSeconds(result.seconds)}</dd>
        </div>
      </dl>
      <div className={classes['findings']} role="group" aria-label="Point by point" tabIndex={0}>
        {PRACTICE_PARTS.map((part) => (
          <Part key={part} part={part} result={result} />
        ))}
      </div>
    </article>
  )
}
