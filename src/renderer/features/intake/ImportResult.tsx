import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { anotherFile, type BroughtIn, takeBack, type TakenBack } from '../../stores/intake.ts'
import { navigate } from '../../stores/route.ts'
import { useKeptAside } from './useKeptAside.ts'
import { counted } from './words.ts'
import classes from './intake.module.css'

const showCustomers = (): void => navigate({ area: 'customers' })

/** What came in, what stayed out, and the way back. */
export function ImportResult({ result }: { readonly result: BroughtIn }) {
  const aside = useKeptAside()
  const undo = (): void => takeBack(result.runId, result.fileName)
  const download = (): false | void => {
    if (result.keptAside === 0) return false
    void aside.download(result.runId)
  }
  useHotkeys('Import', [
    { keys: 'Ctrl+Enter', label: 'Show the customers', run: showCustomers },
    { keys: 'D', label: 'Download the rows kept aside', run: download },
    { keys: 'Ctrl+Z', label: 'Take the import back', run: undo },
    { keys: 'Escape', label: 'Import another file', run: anotherFile },
  ])
  return (
    <>
      <ScreenBar title="Import customers" detail={result.fileName} />
      <div className={classes['result']} role="status">
        <h2 className="h1">
          {result.canceled ? 'Stopped. ' : ''}
          {counted(result.customers, 'customer')} with {counted(result.locations, 'location')} {result.customers === 1 ? 'is' : 'are'} in.
        </h2>
        {result.canceled ? <p className="t2">What came in before you stopped it stays. Choose the file again for the rest: whoever is in already is left out.</p> : null}
        {result.keptAside > 0 ? (
          <p className="t2">
            {counted(result.keptAside, 'row')} stayed out and {result.keptAside === 1 ? 'is' : 'are'} kept whole, each with the reason. Download them, mend them and import that file.
          </p>
        ) : (
          <p className="t2">No row stayed out.</p>
        )}
        <div className="row">
          <ActionButton kind="primary" label="Show the customers" keys="Ctrl+Enter" onClick={showCustomers} />
          {result.keptAside > 0 ? <ActionButton label="Download rows kept aside" keys="D" busy={aside.busy} onClick={download} /> : null}
          <ActionButton icon="undo" label="Take the import back" keys="Ctrl+Z" onClick={undo} />
          <ActionButton kind="quiet" label="Import another file" keys="Escape" onClick={anotherFile} />
        </div>
        <ErrorNotice error={aside.error} />
      </div>
    </>
  )
}

/** What went, and who stayed because the office has worked with them since. */
export function TakenBackResult({ result }: { readonly result: TakenBack }) {
  useHotkeys('Import', [{ keys: 'Escape', label: 'Import another file', run: anotherFile }])
  return (
    <>
      <ScreenBar title="Import customers" />
      <div className={classes['result']} role="status">
        <h2 className="h1">{counted(result.removed, 'customer')} {result.removedLocations > 0 ? `and ${counted(result.removedLocations, 'location')} ` : ''}taken back.</h2>
        {result.kept > 0 ? (
          <>
            <p className="t2">
              {counted(result.kept, 'customer')} stayed, because {result.kept === 1 ? 'there is' : 'there are'} a job, a call, a payment, a note or a change since:
            </p>
            <ul className={classes['names']}>
              {result.keptNames.map((name, index) => (
                <li key={index}>{name}</li>
              ))}
            </ul>
            {result.kept > result.keptNames.length ? <p className="t2">and {counted(result.kept - result.keptNames.length, 'other')}.</p> : null}
          </>
        ) : null}
        <div className="row">
          <ActionButton kind="primary" label="Import another file" keys="Escape" onClick={anotherFile} />
        </div>
      </div>
    </>
  )
}
