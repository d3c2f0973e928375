import { type KeyboardEvent, type PointerEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { changeMap, useMapStanding } from '../../stores/mapView.ts'
import classes from './map.module.css'
import { type Extent, fitted, isOnScreen, type MapView, panned, type Point, resized, scaleBar, ZOOM_STEP, zoomedAt } from './mercator.ts'
import { type Hit, MapPainter, type Scene } from './painter.ts'
import type { PicturesState } from './pictures.ts'

export interface MapHandle {
  zoom(direction: 1 | -1): void
  /** Shows all of these. */
  fit(points: readonly Point[], nearest?: number): void
  /** Brings a place to the middle. */
  center(point: Point): void
  isSeen(point: Point): boolean
  focus(): void
}

export interface MapSurfaceProps {
  readonly handle: Ref<MapHandle>
  readonly label: string
  readonly scene: Scene
  /** What is fitted at the first look; afterwards nothing is fitted by itself. */
  readonly points: readonly Point[]
  /** What whoever made the pictures wants to be said. */
  readonly credit: string | null
  /** A press on marks that can be told apart only from nearer is answered by the map itself. */
  readonly onHit: (hit: Hit, how: 'choose' | 'open') => void
}

/** One press of an arrow, px. */
const PAN = 80
/** A pointer that moved less has pressed, px. */
const PRESS = 4
const SCALE_WIDTH = 120
/** A wheel's turn of so many px is one step. */
const WHEEL = 60

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] }

const lengthWords = (miles: number): string => (miles === 1 ? '1 mile' : `${miles} miles`)

/** The map itself: drawn on a canvas, moved by hand, wheel and arrows. The list beside it says everything that it shows. */
export function MapSurface({ handle, label, scene, points, credit, onHit }: MapSurfaceProps) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<MapPainter>(null)
  const extent = useRef<Extent>({ width: 0, height: 0 })
  const press = useRef<{ readonly at: Point; readonly view: MapView; moved: boolean } | null>(null)
  const turned = useRef(0)
  const [pictures, setPictures] = useState<PicturesState>('none')
  const view = useMapStanding((standing) => standing.view)
  const bar = view ? scaleBar(view, SCALE_WIDTH) : null

  const look = (next: MapView): void => changeMap({ view: next })
  const now = (): MapView | null => useMapStanding.getState().view
  const zoom = (by: number, anchor: Point = { x: extent.current.width / 2, y: extent.current.height / 2 }): void => {
    const from = now()
    if (from) look(zoomedAt(from, by, anchor, extent.current))
  }

  useImperativeHandle(handle, () => ({
    zoom: (direction) => zoom(direction * ZOOM_STEP),
    fit: (all, nearest) => look(fitted(all, extent.current, 48, nearest)),
    center: (point) => {
      const from = now()
      if (from) look({ ...from, ...point })
    },
    isSeen: (point) => {
      const from = now()
      return from !== null && isOnScreen(point, from, extent.current)
    },
    focus: () => frame.current?.focus(),
  }))

  useLayoutEffect(() => {
    const [area, surface] = [frame.current, canvas.current]
    if (!area || !surface) return undefined
    const drawn = new MapPainter(surface, setPictures)
    painter.current = drawn
    let page = window.innerWidth
    const measure = (): void => {
      const next = { width: area.clientWidth, height: area.clientHeight }
      const before = extent.current
      extent.current = next
      const from = now()
      // The left upper corner stays where it is when a panel opens beside the map; in a window of another size, the middle does.
      if (from && before.width > 0 && page === window.innerWidth) changeMap({ view: resized(from, before, next) })
      page = window.innerWidth
      drawn.resize(next, window.devicePixelRatio)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(area)
    measure()
    const stop = useMapStanding.subscribe((standing) => {
      if (standing.view) drawn.look(standing.view)
    })
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      turned.current += event.deltaMode === 0 ? event.deltaY : event.deltaY * 20
      const steps = Math.trunc(turned.current / WHEEL)
      if (steps === 0) return
      turned.current -= steps * WHEEL
      const box = area.getBoundingClientRect()
      zoom(-steps * ZOOM_STEP, { x: event.clientX - box.left, y: event.clientY - box.top })
    }
    // React listens to wheels passively, and the page would scroll.
    area.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      stop()
      area.removeEventListener('wheel', onWheel)
      drawn.stop()
    }
  }, []) // eslint-disable-line react/exhaustive-deps -- the painter lives as long as the canvas; what it shows follows below

  // Once, at the first look: from then on the map moves only by the person's own hand.
  const isFitted = view !== null
  useLayoutEffect(() => {
    if (isFitted || extent.current.width === 0) return
    look(fitted(points, extent.current))
  }, [isFitted]) // eslint-disable-line react/exhaustive-deps
  useLayoutEffect(() => {
    painter.current?.show(scene)
    const from = now()
    if (from) painter.current?.look(from)
  }, [scene])

  const placeOf = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = frame.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const from = now()
    if (event.button !== 0 || !from) return
    event.currentTarget.setPointerCapture(event.pointerId)
    press.current = { at: placeOf(event), view: from, moved: false }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const at = placeOf(event)
    const held = press.current
    if (!held) {
      if (canvas.current) canvas.current.style.cursor = painter.current?.hit(at) ? 'pointer' : 'grab'
      return
    }
    if (Math.hypot(at.x - held.at.x, at.y - held.at.y) >= PRESS) held.moved = true
    if (held.moved) look(panned(held.view, held.at.x - at.x, held.at.y - at.y))
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const held = press.current
    press.current = null
    const hit = held && !held.moved ? painter.current?.hit(placeOf(event)) : null
    if (hit) onHit(hit, 'choose')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : ARROWS[event.key]
    const from = now()
    if (!by || !from) return
    look(panned(from, by[0], by[1]))
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={frame}
      className={classes['surface']}
      role="application"
      aria-roledescription="map"
      aria-label={label}
      aria-describedby="map-keys"
      tabIndex={0}
      data-testid="map"
      data-zoom={view?.zoom}
      data-view={JSON.stringify(view)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => (press.current = null)}
      onDoubleClick={(event) => {
        const hit = painter.current?.hit(placeOf(event))
        if (hit) onHit(hit, 'open')
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} className={classes['canvas']} aria-hidden="true" />
      <p id="map-keys" className="spoken">
        Arrows move the map, plus and minus zoom, 0 shows everything, Escape goes to the list. The list beside it says all that the map shows.
      </p>
      <div className={classes['corner']}>
        {bar ? (
          <span className={classes['scale']} style={{ width: bar.width }}>
            {lengthWords(bar.miles)}
          </span>
        ) : null}
        {pictures === 'failing' ? <span className={classes['note']}>No map pictures come; the outlines stay.</span> : null}
        {pictures === 'there' && credit !== null ? <span className={classes['note']}>{credit}</span> : null}
      </div>
    </div>
  )
}

