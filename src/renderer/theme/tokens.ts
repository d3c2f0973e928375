/**
 * Every value of the look, equal to the look book's `tokens.json`: the CSS variables and the MUI theme are made from
 * this file and nothing else names a colour. A colour is `[light, dark]`; sizes are px.
 */
export type Pair = readonly [light: string, dark: string]

export const color = {
  canvas: ['#F2F2EE', '#131412'],
  surface: ['#FFFFFF', '#1B1C1A'],
  sunken: ['#E9E9E4', '#0D0E0C'],
  raised: ['#FFFFFF', '#262824'],
  hover: ['#F0F0EB', '#242622'],
  line: ['#DFDFD8', '#2D2F2B'],
  lineStrong: ['#BFC0B7', '#4B4E47'],
  control: ['#85877D', '#75786E'],
  text: ['#191A17', '#ECEDE7'],
  text2: ['#4C4F46', '#BDC0B6'],
  text3: ['#62655B', '#999C91'],
  disabled: ['#96988E', '#6A6D64'],
  accent: ['#F5B800', '#F5B800'],
  onAccent: ['#191A17', '#191A17'],
  accentSoft: ['#FFF4D1', '#2F270E'],
  accentLine: ['#D9A200', '#A67E0A'],
  accentText: ['#6F5200', '#FFD057'],
  ink: ['#191A17', '#ECEDE7'],
  onInk: ['#FFFFFF', '#191A17'],
  focus: ['#191A17', '#FFD057'],
  focusHalo: ['#F5B800', '#131412'],
  good: ['#0A6552', '#4CCDAE'],
  scrim: ['#191A1766', '#00000099'],
} as const satisfies Record<string, Pair>

/** What a visit can be (D2), and the alert that lies over any of them. */
export const state = {
  scheduled: {
    edge: ['#68707A', '#8E97A1'],
    fill: ['#FFFFFF', '#1B1C1A'],
    text: ['#191A17', '#ECEDE7'],
  },
  confirmed: {
    edge: ['#2A62B8', '#82ACF2'],
    fill: ['#E3ECFA', '#1A2942'],
    text: ['#12315F', '#D3E2FD'],
  },
  dispatched: {
    edge: ['#6843B4', '#B79DF3'],
    fill: ['#DACFF4', '#382957'],
    text: ['#321D5C', '#E9DFFF'],
  },
  working: {
    edge: ['#0A5F4E', '#5BD6B8'],
    fill: ['#0E735F', '#116A57'],
    text: ['#FFFFFF', '#EFFFFA'],
  },
  hold: {
    edge: ['#A04C0C', '#F0A360'],
    fill: ['#FCE9D7', '#38240F'],
    text: ['#5A2A05', '#FCDDBF'],
    stripe: ['#F3D3B3', '#4D3217'],
  },
  done: {
    edge: ['#787B71', '#75786E'],
    fill: ['#E4E5DF', '#2A2C28'],
    text: ['#484B42', '#B7BAB0'],
  },
  canceled: {
    edge: ['#85887E', '#75786E'],
    fill: ['#F7F7F4', '#171816'],
    text: ['#62655B', '#999C91'],
  },
  alert: {
    edge: ['#BF2419', '#FF8277'],
    fill: ['#FDE6E3', '#3A1611'],
    text: ['#86140B', '#FFCEC9'],
    solid: ['#BF2419', '#FF8277'],
    onSolid: ['#FFFFFF', '#2B0703'],
  },
} as const satisfies Record<string, Readonly<Record<string, Pair>>>

export type StateName = keyof typeof state

export const font = {
  family: '"IBM Plex Sans Variable", "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, sans-serif',
  numeric: 'tabular-nums lining-nums',
  widthDense: '88%',
  weight: { regular: 400, medium: 500, strong: 600 },
  /** Size and line height. */
  scale: {
    micro: [11, 16],
    dense: [12, 16],
    base: [13, 20],
    read: [14, 20],
    speak: [16, 24],
    title: [20, 28],
    figure: [28, 32],
  },
} as const

export const size = {
  rail: 64,
  topBar: 44,
  toolBar: 40,
  statusBar: 24,
  control: 32,
  controlDense: 28,
  row: 32,
  rowDense: 28,
  boardRow: 28,
  boardRowLarge: 44,
  pop: 384,
  detail: 368,
  tray: 296,
  target: 24,
} as const

export const radius = { bar: 2, control: 4, panel: 6, pill: 999 } as const

/** Only menus and the pop float; lines do the rest. */
export const shadow = {
  menu: '0 1px 2px light-dark(#191A171F, #0000), 0 0 0 1px light-dark(#0000, #4B4E47), 0 8px 24px light-dark(#191A1724, #00000080)',
  pop: '0 2px 4px light-dark(#191A1729, #0000), 0 0 0 1px light-dark(#191A1733, #4B4E47), 0 16px 48px light-dark(#191A1738, #000000A6)',
} as const

/** Milliseconds. */
export const motion = { data: 0, press: 80, menu: 120, pop: 160, ringPulse: 1200 } as const
export const ease = 'cubic-bezier(0.2, 0, 0, 1)'

export const layer = { board: 0, sticky: 10, drawer: 20, menu: 30, dialog: 40, pop: 50 } as const
