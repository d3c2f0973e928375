import { color, font, shadow, state, type Pair } from './tokens.ts'

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

const declare = (name: string, [light, dark]: Pair): string => `--${kebab(name)}:light-dark(${light},${dark})`

/**
 * The custom properties that stylesheets use, named as in the look book's own stylesheet: `--canvas`, `--line-strong`,
 * `--hold-edge`, and `--base`, `--read` … as `font` shorthands. `light-dark()` follows the element's `color-scheme`.
 */
export function cssVariables(): string {
  const declarations = [
    ...Object.entries(color).map(([name, pair]) => declare(name, pair)),
    ...Object.entries(state).flatMap(([name, parts]) => Object.entries(parts).map(([part, pair]) => declare(`${name}-${part}`, pair))),
    `--font:${font.family}`,
    ...Object.entries(font.scale).map(([name, [size, line]]) => `--${name}:${size}px/${line}px var(--font)`),
    `--sh-menu:${shadow.menu}`,
    `--sh-pop:${shadow.pop}`,
  ]
  return `:root{color-scheme:light dark;${declarations.join(';')}}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}`
}
