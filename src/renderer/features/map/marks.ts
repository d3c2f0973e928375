import { color, font, type Pair, state as states, type StateName } from '../../theme/tokens.ts'

/** The marks on the map, drawn once each and then copied: a visit with its state's colour, glyph and number, a technician. */

export interface Mark {
  readonly image: HTMLCanvasElement
  /** CSS px. */
  readonly width: number
  readonly height: number
}

export const MARK_HEIGHT = 20
const GLYPH = 12
const PAD = 4

export const shade = ([light, dark]: Pair, isDark: boolean): string => (isDark ? dark : light)

export const fontOf = (size: number, weight: number): string => `${weight} ${size}px ${font.family}`

type Pen = CanvasRenderingContext2D

function rounded(pen: Pen, x: number, y: number, width: number, height: number, radius: number): void {
  pen.beginPath()
  pen.roundRect(x, y, width, height, radius)
}

/** The sign of each state in a box of 12 by 12, as StateGlyph has it. */
function drawGlyph(pen: Pen, state: StateName, ink: string, ground: string): void {
  const line = (width: number, path: string, stroke = ink): void => {
    pen.lineWidth = width
    pen.strokeStyle = stroke
    pen.stroke(new Path2D(path))
  }
  const disc = (radius: number): void => {
    pen.beginPath()
    pen.arc(6, 6, radius, 0, 2 * Math.PI)
  }
  pen.fillStyle = ink
  pen.strokeStyle = ink
  switch (state) {
    case 'scheduled':
      disc(4)
      pen.lineWidth = 1.5
      return pen.stroke()
    case 'confirmed':
      disc(4.75)
      pen.lineWidth = 1.3
      pen.stroke()
      return line(1.5, 'M3.7 6.2 5.4 7.9 8.4 4.5')
    case 'dispatched':
      return line(1.7, 'M1.5 6h7M5.8 2.7 9.3 6 5.8 9.3')
    case 'working':
      disc(4.5)
      return pen.fill()
    case 'hold':
      return pen.fill(new Path2D('M3 1.5h2.2v9H3zM6.8 1.5H9v9H6.8z'))
    case 'done':
      disc(5.25)
      pen.fill()
      return line(1.5, 'M3.5 6.2 5.3 8 8.6 4.3', ground)
    case 'canceled':
      return line(1.7, 'M2.5 2.5l7 7M9.5 2.5l-7 7')
    case 'alert':
      return pen.fill(new Path2D('M6 .8 11.6 11H.4Z'))
  }
}

function stripes(pen: Pen, width: number, height: number, stroke: string): void {
  pen.save()
  pen.clip()
  pen.strokeStyle = stroke
  pen.lineWidth = 3
  for (let x = -height; x < width; x += 8) {
    pen.beginPath()
    pen.moveTo(x, height)
    pen.lineTo(x + height, 0)
    pen.stroke()
  }
  pen.restore()
}

/** Draws marks of one theme at one density of pixels, and keeps them. */
export class MarkBook {
  readonly #isDark: boolean
  readonly #density: number
  readonly #kept = new Map<string, Mark>()

  constructor(isDark: boolean, density: number) {
    this.#isDark = isDark
    this.#density = density
  }

  /** @param label the number in the technician's order; a dash for a visit that nobody has */
  visit(state: keyof typeof states, label: string): Mark {
    return this.#keep(`visit ${state} ${label}`, 2 * PAD + GLYPH + 3, label, (pen, width) => {
      const { fill, edge, text } = states[state]
      rounded(pen, 0.75, 0.75, width - 1.5, MARK_HEIGHT - 1.5, 3)
      pen.fillStyle = this.#shade(fill)
      pen.fill()
      if (state === 'hold') stripes(pen, width, MARK_HEIGHT, this.#shade(states.hold.stripe))
      pen.lineWidth = 1.5
      pen.strokeStyle = this.#shade(edge)
      pen.setLineDash(state === 'canceled' ? [3, 2] : [])
      rounded(pen, 0.75, 0.75, width - 1.5, MARK_HEIGHT - 1.5, 3)
      pen.stroke()
      pen.setLineDash([])
      pen.save()
      pen.translate(PAD, (MARK_HEIGHT - GLYPH) / 2)
      drawGlyph(pen, state, this.#shade(text), this.#shade(fill))
      pen.restore()
      this.#write(pen, label, PAD + GLYPH + 3, this.#shade(text))
    })
  }

  /** Several visits whose marks would lie over one another. */
  several(count: number): Mark {
    const label = String(count)
    return this.#keep(`several ${label}`, 2 * 8, label, (pen, width) => {
      // A second edge behind the first: a pile.
      pen.lineWidth = 1.25
      pen.strokeStyle = this.#shade(color.text2)
      pen.fillStyle = this.#shade(color.surface)
      rounded(pen, 3.5, 0.75, width - 4.25, MARK_HEIGHT - 4, 3)
      pen.fill()
      pen.stroke()
      rounded(pen, 0.75, 3.25, width - 4.25, MARK_HEIGHT - 4, 3)
      pen.fill()
      pen.stroke()
      this.#write(pen, label, 6.5, this.#shade(color.text), 1.5)
    })
  }

  /** A technician: ink, with initials or how many stand there. */
  technician(label: string, isOnTheWay: boolean): Mark {
    return this.#keep(`technician ${label} ${isOnTheWay}`, 10 + (isOnTheWay ? GLYPH + 1 : 0), label, (pen, width) => {
      rounded(pen, 0, 0, width, MARK_HEIGHT, 10)
      pen.fillStyle = this.#shade(color.ink)
      pen.fill()
      if (isOnTheWay) {
        pen.save()
        pen.translate(5, 4)
        drawGlyph(pen, 'dispatched', this.#shade(color.onInk), this.#shade(color.ink))
        pen.restore()
      }
      this.#write(pen, label, 5 + (isOnTheWay ? GLYPH + 1 : 0), this.#shade(color.onInk))
    })
  }

  #shade(pair: Pair): string {
    return shade(pair, this.#isDark)
  }

  #write(pen: Pen, label: string, x: number, ink: string, down = 0): void {
    pen.font = fontOf(12, 600)
    pen.fillStyle = ink
    pen.textBaseline = 'middle'
    pen.fillText(label, x, MARK_HEIGHT / 2 + 0.5 + down)
  }

  /** @param beside how much room there is beside the words, px */
  #keep(key: string, beside: number, label: string, draw: (pen: Pen, width: number) => void): Mark {
    const known = this.#kept.get(key)
    if (known) return known
    const image = document.createElement('canvas')
    const pen = image.getContext('2d')
    if (!pen) throw new Error('This page has no canvas to draw the map on')
    pen.font = fontOf(12, 600)
    const width = Math.ceil(beside + pen.measureText(label).width)
    image.width = width * this.#density
    image.height = MARK_HEIGHT * this.#density
    pen.scale(this.#density, this.#density)
    draw(pen, width)
    const mark = { image, width, height: MARK_HEIGHT }
    this.#kept.set(key, mark)
    return mark
  }
}
