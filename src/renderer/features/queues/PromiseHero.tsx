import { useState } from 'react'
import { formatPhone } from '../../../shared/base/phone.ts'
import { formatDue } from '../../components/Due.tsx'
import type { OutcomeChoice, PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Due } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { callNumber } from '../calls/callNumber.ts'
import { VoicemailInHand } from '../recordings/VoicemailPlayer.tsx'
import { RescheduleInHand } from '../reschedules/RescheduleInHand.tsx'
import { SETTLEMENT_KEYS, SETTLEMENT_WORDS, type SettlementKind } from '../reschedules/settlements.ts'
import { HeroForm, type HeroMode } from './HeroForm.tsx'
import classes from './PromiseHero.module.css'
import { recordTarget } from './recordTarget.ts'

export interface PromiseHeroProps {
  readonly item: PromiseItem
  /** "1 of 43", or why it stands here. */
  readonly place: string
  readonly outcomes: readonly OutcomeChoice[]
  /** What can be said of a visit that needs another time, in the queues that hold such visits. */
  readonly settlements: readonly SettlementKind[]
  readonly boundMinutes: number
  /** Settled or passed on by somebody else while it was in hand. */
  readonly gone: boolean
  /** After an outcome, a hand-over or a new time was recorded. */
  readonly onWorked: (said: string) => void
  readonly onNext: () => void
}

function HolderLine({ item }: { readonly item: PromiseItem }) {
  const { userId } = usePerson()
  const now = useNow()
  const zone = useZone()
  const holder = item.holderUserId === userId ? 'You' : item.holder
  const covering = item.coveringFor === null ? '' : `, for ${item.coveringFor}`
  return (
    <>
      {holder}
      {covering}, since {formatDue(item.openedAt, now, zone)}
      {item.escalatedTo === null ? null : `; late: ${item.escalatedTo} too`}
    </>
  )
}

/** The promise in hand: what was promised, why, by when, and every way to keep it, each with its key. */
export function PromiseHero({ item, place, outcomes, settlements, boundMinutes, gone, onWorked, onNext }: PromiseHeroProps) {
  const { userId } = usePerson()
  const [mode, setMode] = useState<HeroMode | { readonly kind: 'settle'; readonly how: SettlementKind } | null>(null)
  const [called, setCalled] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { label, target } = recordTarget(item)
  const { phone } = item
  const begin = (next: NonNullable<typeof mode>): void => {
    setError(null)
    setMode(next)
  }
  const run = (work: Promise<unknown>, said?: string): void => {
    setError(null)
    work.then(
      () => (said === undefined ? undefined : toast(said)),
      (thrown: unknown) => setError(asContractError(thrown).message),
    )
  }
  const open = (): void => navigate(target)
  const call = (): void => {
    if (phone === null) return
    setCalled(true)
    void callNumber({ number: phone, name: item.customerName ?? '', returnsCallId: item.subjectKind === 'call' ? item.subjectId : null }, userId)
  }
  // It stays in hand: who takes a promise is about to work it.
  const take = (): void => run(api.command('promise.take', { promiseId: item.promiseId }), `Yours now: ${item.title}`)

  useHotkeys(
    'The promise in hand',
    [
      { keys: 'Enter', label, run: open },
      ...(phone === null ? [] : [{ keys: 'L', label: 'Call the number', run: call }]),
      ...outcomes.map((outcome) => ({ keys: outcome.shortcut, label: outcome.label, run: () => begin({ kind: 'outcome', outcome }) })),
      ...settlements.map((how) => ({ keys: SETTLEMENT_WORDS[how].keys, label: SETTLEMENT_WORDS[how].label, run: () => begin({ kind: 'settle', how }) })),
      { keys: 'H', label: 'Hand over', run: () => begin({ kind: 'handOver' }) },
      { keys: 'D', label: 'New due time', run: () => begin({ kind: 'postpone' }) },
      ...(item.holderUserId === userId ? [] : [{ keys: 'T', label: 'Take it', run: take }]),
    ],
    { enabled: !gone && mode === null },
  )

  return (
    <section className={classes['hero']} aria-label="The promise in hand">
      <div className={classes['head']}>
        <span className={`cap ${classes['accent']}`}>{item.mine ? 'Your next promise' : 'Promise'}</span>
        {item.practice ? <span className={classes['practice']}>Practice</span> : null}
        <span className="sp" />
        <span className="dense t2">{gone ? '' : place}</span>
        {gone || mode || item.holderUserId === userId ? null : <ActionButton small kind="quiet" label="Take it" keys="T" onClick={take} />}
        {gone ? null : <ActionButton small kind="quiet" label="Next" keys="J" onClick={onNext} />}
      </div>
      <h2 className={classes['title']}>{item.title}</h2>
      <p className={`t2 ${classes['why']}`} title={item.cameFrom}>
        {item.cameFrom}
        {item.lastSaid === null ? null : (
          <>
            {'. Last: '}
            <span className={classes['said']}>{item.lastSaid}</span>
          </>
        )}
      </p>
      <dl className={classes['trio']}>
        <div>
          <dt className={`cap ${classes['accent']}`}>Due</dt>
          <dd>
            <Due dueAt={item.dueAt} since={item.dueSetAt} relative />
          </dd>
        </div>
        <div>
          <dt className={`cap ${classes['accent']}`}>Next step</dt>
          <dd className="m">{item.nextStep}</dd>
        </div>
        <div>
          <dt className={`cap ${classes['accent']}`}>Holder</dt>
          <dd className="m">
            <HolderLine item={item} />
          </dd>
        </div>
      </dl>
      {item.voicemail ? <VoicemailInHand callId={item.subjectId} /> : null}
      <div className={classes['hand']}>
        {/* What is being said stays until it is sent: it is often what ends the promise, and what is typed is never taken away. */}
        {mode?.kind === 'settle' ? (
          <RescheduleInHand
            key={mode.how}
            item={item}
            how={mode.how}
            onCancel={() => setMode(null)}
            onDone={(said) => {
              setMode(null)
              onWorked(said)
            }}
          />
        ) : mode ? (
          <HeroForm
            key={mode.kind === 'outcome' ? mode.outcome.key : mode.kind}
            item={item}
            mode={mode}
            boundMinutes={boundMinutes}
            onCancel={() => setMode(null)}
            onDone={(said) => {
              setMode(null)
              onWorked(said)
            }}
          />
        ) : gone ? (
          <div className="row">
            <span className="m">{called ? 'Your call settled this. F8 opens the booking while you talk.' : 'Settled or passed on meanwhile.'}</span>
            <span className="sp" />
            <ActionButton label="Next" keys="J" onClick={onNext} />
          </div>
        ) : (
          <>
            <div className={classes['actions']}>
              <ActionButton kind="primary" label={label} keys="Enter" onClick={open} />
              {phone === null ? null : <ActionButton icon="phone" label={`Call ${formatPhone(phone)}`} keys="L" onClick={call} />}
              <ActionButton label="Hand over" keys="H" onClick={() => begin({ kind: 'handOver' })} />
              <ActionButton label="New due time" keys="D" onClick={() => begin({ kind: 'postpone' })} />
            </div>
            <div className={classes['actions']}>
              <span className={`cap ${classes['accent']}`}>What came of it</span>
              {settlements.map((how) => (
                <ActionButton key={how} small label={SETTLEMENT_KEYS[how] ?? SETTLEMENT_WORDS[how].label} keys={SETTLEMENT_WORDS[how].keys} onClick={() => begin({ kind: 'settle', how })} />
              ))}
              {outcomes.map((outcome) => (
                <ActionButton key={outcome.key} small label={outcome.label} keys={outcome.shortcut} onClick={() => begin({ kind: 'outcome', outcome })} />
              ))}
              {error === null ? null : <ErrorNotice error={{ message: error }} />}
            </div>
          </>
        )}
      </div>
    </section>
  )
}
