import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { usePaymentOpen } from '../../stores/payments.ts'
import { closePanel } from '../../stores/telephone.ts'
import classes from './CallPanel.module.css'
import { callerWords } from './callWords.ts'
import { noticeRead } from './callRecording.ts'

/** What must be said to the caller before anything is recorded. It takes no focus: whoever reads it goes on typing. */
export function NoticePanel({ call }: { readonly call: LiveCall }) {
  const read = (): void => void noticeRead(call.callId).then(closePanel)
  useHotkeys('Recording', [
    { keys: 'Ctrl+F7', label: 'The notice was read: record', run: read, always: true },
    { keys: 'Escape', label: 'Do not record', run: closePanel, always: true },
  ])
  return (
    <section className={classes['panel']} aria-label="Notice of recording" onMouseDown={(event) => event.preventDefault()}>
      <p className={classes['head']}>
        <b className="b el">Read to {callerWords(call)}</b>
        <span className="sp" />
        <Keycap keys="Escape" />
      </p>
      <p>{`\u201c${call.tape?.sentence ?? ''}\u201d`}</p>
      <p className="t2">Nothing is recorded before. Where the caller says no, close this.</p>
      <div className={classes['actions']}>
        <ActionButton kind="primary" small label="It was read: record" keys="Ctrl+F7" onClick={read} />
      </div>
    </section>
  )
}

const EVERYTHING = {} as const

/** While a card number is read and typed at the processor’s page or terminal. Nothing is recorded as long as it is open. */
export function CardPanel({ call }: { readonly call: LiveCall }) {
  usePaymentOpen()
  const page = useQuery('recording.paymentPage', EVERYTHING).data?.address ?? null
  const safe = call.recording !== 'on'
  useHotkeys('Card payment', [{ keys: ['Escape', 'Ctrl+F10'], label: 'The payment is done: go on recording', run: closePanel, always: true }])
  return (
    <section className={classes['panel']} aria-label="Card payment" onMouseDown={(event) => event.preventDefault()}>
      <p className={classes['head']}>
        <b className="b el">Card payment, {callerWords(call)}</b>
        <span className="sp" />
        <Keycap keys="Escape" />
      </p>
      <p role="status">{safe ? 'Nothing is recorded now. The caller may read the number.' : 'Wait a moment: recording stops first.'}</p>
      <p className="t2">Type it at the processor’s page or terminal and nowhere in Baton. Closing this goes on recording.</p>
      <div className={classes['actions']}>
        {page !== null && safe ? (
          <a href={page} target="_blank" rel="noreferrer">
            Open the payment page
          </a>
        ) : null}
        <ActionButton small label="The payment is done" keys="Ctrl+F10" onClick={closePanel} />
      </div>
    </section>
  )
}
