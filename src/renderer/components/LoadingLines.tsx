import classes from './states.module.css'

/** Nothing for 200 ms, then still grey lines of the final size, so that nothing jumps when the rows arrive. */
export function LoadingLines({ rows = 6, rowHeight = 32 }: { readonly rows?: number; readonly rowHeight?: number }) {
  return (
    <div className={classes['loading']} aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} style={{ height: rowHeight }}>
          <i style={{ width: `${[62, 48, 71, 55][index % 4]}%` }} />
        </div>
      ))}
    </div>
  )
}
