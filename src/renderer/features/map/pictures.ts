import { tileUrl } from '../../../shared/base/tileAddress.ts'
import { type Extent, type MapView, TILE, toScreen } from './mercator.ts'

/** More than three screens of the largest kind: what is older is fetched again when it is looked at. */
const KEPT = 400
/** Map servers draw no nearer than this. */
const NEAREST = 19

export type PicturesState = 'none' | 'there' | 'failing'

interface Picture {
  readonly image: HTMLImageElement
  state: 'coming' | 'there' | 'failed'
}

/** Map pictures of one server. One that fails is not asked for again until the page is new: the outlines stand beneath. */
export class Pictures {
  readonly #address: string
  readonly #changed: () => void
  readonly #kept = new Map<string, Picture>()

  /** @param changed told when a picture has come, or has failed */
  constructor(address: string, changed: () => void) {
    this.#address = address
    this.#changed = changed
  }

  /** Whether any came, or only failures. */
  state(): PicturesState {
    const states = [...this.#kept.values()].map(({ state }) => state)
    if (states.includes('there')) return 'there'
    return states.includes('failed') ? 'failing' : 'none'
  }

  /** Draws those that are there and asks for the others. */
  draw(pen: CanvasRenderingContext2D, view: MapView, extent: Extent): void {
    const zoom = Math.min(NEAREST, Math.max(0, Math.round(view.zoom)))
    const across = 2 ** zoom
    const side = TILE * 2 ** (view.zoom - zoom)
    const columns = Math.ceil(extent.width / side / 2) + 1
    const rows = Math.ceil(extent.height / side / 2) + 1
    const [middleColumn, middleRow] = [Math.floor(view.x * across), Math.floor(view.y * across)]
    for (let row = Math.max(0, middleRow - rows); row <= Math.min(across - 1, middleRow + rows); row++) {
      for (let column = middleColumn - columns; column <= middleColumn + columns; column++) {
        const { x, y } = toScreen({ x: column / across, y: row / across }, view, extent)
        if (x > extent.width || y > extent.height || x + side < 0 || y + side < 0) continue
        const picture = this.#ask(tileUrl(this.#address, zoom, column, row))
        // A pixel wider, so that no seam shows between two.
        if (picture.state === 'there') pen.drawImage(picture.image, x, y, side + 0.5, side + 0.5)
      }
    }
  }

  #ask(url: string): Picture {
    const known = this.#kept.get(url)
    if (known) return known
    const image = new Image()
    const picture: Picture = { image, state: 'coming' }
    image.addEventListener('load', () => this.#came(picture, 'there'))
    image.addEventListener('error', () => this.#came(picture, 'failed'))
    image.referrerPolicy = 'no-referrer'
    image.src = url
    this.#kept.set(url, picture)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return picture
  }

  #came(picture: Picture, state: 'there' | 'failed'): void {
    picture.state = state
    this.#changed()
  }
}
