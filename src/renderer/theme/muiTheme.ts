import { createTheme, type CssVarsThemeOptions } from '@mui/material/styles'
import { color, ease, font, layer, motion, radius, type Pair, size, state, type StateName } from './tokens.ts'

type JobPalette = Readonly<Record<StateName, { readonly edge: string; readonly fill: string; readonly text: string }>>

declare module '@mui/material/styles' {
  interface Palette {
    job: JobPalette
  }
  interface PaletteOptions {
    job?: JobPalette
  }
}

const LIGHT = 0
const DARK = 1
type Scheme = typeof LIGHT | typeof DARK

function palette(scheme: Scheme) {
  const pick = (pair: Pair): string => pair[scheme]
  const plain = (main: Pair, contrastText: Pair) => ({ main: pick(main), light: pick(main), dark: pick(main), contrastText: pick(contrastText) })
  const job = Object.fromEntries(
    Object.entries(state).map(([name, parts]) => [name, { edge: pick(parts.edge), fill: pick(parts.fill), text: pick(parts.text) }]),
  ) as JobPalette
  return {
    primary: plain(color.ink, color.onInk),
    secondary: plain(color.accent, color.onAccent),
    error: plain(state.alert.edge, state.alert.onSolid),
    warning: plain(state.hold.edge, state.hold.fill),
    success: plain(color.good, color.surface),
    info: plain(state.confirmed.edge, state.confirmed.fill),
    background: { default: pick(color.canvas), paper: pick(color.surface) },
    text: { primary: pick(color.text), secondary: pick(color.text2), disabled: pick(color.disabled) },
    divider: pick(color.line),
    job,
  }
}

const rem = ([px, line]: readonly [number, number], fontWeight: number = font.weight.regular) => ({
  fontSize: `${px}px`,
  lineHeight: `${line}px`,
  letterSpacing: 0,
  fontWeight,
})

const focusRing = { outline: '2px solid var(--focus)', outlineOffset: 1, boxShadow: '0 0 0 5px var(--focus-halo)', zIndex: 1 }

const components: CssVarsThemeOptions['components'] = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: { '&.Mui-focusVisible': focusRing } },
  },
  MuiButton: {
    defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
    styleOverrides: {
      root: { height: size.control, minWidth: 0, padding: '0 12px', gap: 8, whiteSpace: 'nowrap', transitionDuration: `${motion.press}ms`, '&.Mui-focusVisible': focusRing },
      sizeSmall: { height: size.controlDense, padding: '0 8px', ...rem(font.scale.dense, font.weight.medium) },
      outlined: { borderColor: 'var(--line-strong)', background: 'var(--surface)', color: 'var(--text)', '&:hover': { background: 'var(--hover)' } },
      contained: { '&.MuiButton-colorPrimary': { background: 'var(--ink)', color: 'var(--on-ink)' } },
      text: { color: 'var(--text)', '&:hover': { background: 'var(--hover)' } },
      startIcon: { margin: 0 },
      endIcon: { margin: 0 },
    },
  },
  MuiPaper: {
    defaultProps: { variant: 'outlined' },
    styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: 'var(--line)', borderRadius: radius.panel } },
  },
  MuiInputLabel: {
    defaultProps: { shrink: true },
    styleOverrides: { root: { position: 'static', transform: 'none', color: 'var(--text3)', ...rem(font.scale.micro, font.weight.medium) } },
  },
  MuiOutlinedInput: {
    defaultProps: { notched: false },
    styleOverrides: {
      root: {
        minHeight: size.control,
        padding: '0 8px',
        gap: 8,
        ...rem(font.scale.base),
        background: 'var(--surface)',
        '& .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--control)', borderWidth: 1 },
        '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--text2)' },
        '&.Mui-focused': focusRing,
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--control)', borderWidth: 1 },
        '&.Mui-error .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--alert-edge)' },
        '&.MuiInputBase-multiline': { padding: '5px 8px' },
      },
      input: {
        padding: 0,
        height: size.control - 2,
        textOverflow: 'ellipsis',
        '&::placeholder': { color: 'var(--text3)', opacity: 1 },
        '&:focus-visible': { outline: 'none', boxShadow: 'none' },
        '.MuiInputBase-multiline &': { height: 'auto' },
      },
    },
  },
  MuiFormControlLabel: { styleOverrides: { root: { margin: 0, gap: 8 }, label: rem(font.scale.base) } },
  MuiCheckbox: { styleOverrides: { root: { padding: 3, color: 'var(--control)', '& svg': { fontSize: 18 } } } },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 40, height: 24, padding: 4 },
      track: { borderRadius: 8, background: 'var(--control)', opacity: 1 },
      thumb: { width: 12, height: 12, background: 'var(--surface)', boxShadow: 'none' },
      switchBase: {
        padding: 6,
        transitionDuration: `${motion.press}ms`,
        '&.Mui-checked': { transform: 'translateX(16px)' },
        '&.Mui-checked + .MuiSwitch-track': { background: 'var(--ink)', opacity: 1 },
        '&.Mui-focusVisible + .MuiSwitch-track': focusRing,
      },
    },
  },
  MuiRadio: { styleOverrides: { root: { padding: 4, color: 'var(--control)' } } },
  MuiTableCell: { styleOverrides: { root: { height: size.row, padding: '0 8px', borderColor: 'var(--line)' } } },
  MuiChip: { styleOverrides: { root: { height: 20, borderRadius: radius.bar, ...rem(font.scale.dense, font.weight.medium) }, label: { padding: '0 6px' } } },
  MuiToggleButton: {
    styleOverrides: {
      root: {
        height: size.controlDense,
        padding: '0 10px',
        color: 'var(--text2)',
        borderColor: 'var(--line-strong)',
        textTransform: 'none',
        ...rem(font.scale.dense, font.weight.medium),
        '&.Mui-selected, &.Mui-selected:hover': { background: 'var(--ink)', color: 'var(--on-ink)' },
      },
    },
  },
  MuiTabs: { styleOverrides: { root: { minHeight: size.control }, indicator: { background: 'var(--ink)', transition: 'none' } } },
  MuiTab: { styleOverrides: { root: { minHeight: size.control, minWidth: 0, padding: '0 12px', color: 'var(--text2)', '&.Mui-selected': { color: 'var(--text)', fontWeight: font.weight.strong } } } },
  MuiMenu: { defaultProps: { transitionDuration: motion.menu } },
  MuiMenuItem: {
    styleOverrides: {
      root: { minHeight: size.rowDense, '@media (min-width: 600px)': { minHeight: size.rowDense }, padding: '0 12px', gap: 8, ...rem(font.scale.base), '&.Mui-focusVisible': { boxShadow: 'none', outlineOffset: -2, background: 'var(--hover)' } },
    },
  },
  MuiPopover: {
    defaultProps: { transitionDuration: motion.menu },
    styleOverrides: { paper: { background: 'var(--raised)', border: 0, boxShadow: 'var(--sh-menu)' } },
  },
  MuiDialog: {
    defaultProps: { transitionDuration: motion.menu },
    styleOverrides: { paper: { background: 'var(--raised)', border: 0, boxShadow: 'var(--sh-pop)' } },
  },
  MuiDialogTitle: { styleOverrides: { root: { padding: '16px 20px 4px', ...rem(font.scale.title, font.weight.strong) } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '4px 20px 16px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '0 20px 16px', justifyContent: 'flex-start' } } },
  MuiBackdrop: { styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { background: 'var(--scrim)' } } } },
  MuiTooltip: {
    defaultProps: { enterDelay: 600, enterNextDelay: 600 },
    styleOverrides: { tooltip: { background: 'var(--ink)', color: 'var(--on-ink)', borderRadius: radius.control, ...rem(font.scale.dense) } },
  },
  MuiSkeleton: { defaultProps: { animation: false }, styleOverrides: { root: { background: 'var(--sunken)' } } },
  MuiLink: {
    defaultProps: { underline: 'always', color: 'inherit' },
    styleOverrides: { root: { textDecorationColor: 'var(--line-strong)', textUnderlineOffset: 2 } },
  },
  MuiSnackbar: { defaultProps: { anchorOrigin: { vertical: 'bottom', horizontal: 'left' } } },
  MuiBadge: { styleOverrides: { badge: { height: 16, minWidth: 16, ...rem(font.scale.micro, font.weight.strong) } } },
  MuiLinearProgress: { styleOverrides: { root: { height: 4, borderRadius: 1, background: 'var(--sunken)' }, bar: { background: 'var(--ink)', transition: 'none' } } },
}

/** The look in MUI's words. Colours that MUI derives come from its palette; the overrides use the same variables as our stylesheets. */
export const muiTheme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme', cssVarPrefix: 'baton' },
  colorSchemes: { light: { palette: palette(LIGHT) }, dark: { palette: palette(DARK) } },
  spacing: 4,
  shape: { borderRadius: radius.control },
  typography: {
    fontFamily: font.family,
    fontWeightRegular: font.weight.regular,
    fontWeightMedium: font.weight.medium,
    fontWeightBold: font.weight.strong,
    body1: rem(font.scale.read),
    body2: rem(font.scale.base),
    caption: rem(font.scale.micro),
    h4: rem(font.scale.figure, font.weight.strong),
    h6: rem(font.scale.title, font.weight.strong),
    button: { textTransform: 'none', ...rem(font.scale.base, font.weight.medium) },
  },
  transitions: {
    duration: { shortest: motion.press, shorter: motion.press, short: motion.menu, standard: motion.menu, complex: motion.pop, enteringScreen: motion.menu, leavingScreen: motion.press },
    easing: { easeInOut: ease, easeOut: ease, easeIn: ease, sharp: ease },
  },
  zIndex: { drawer: layer.drawer, modal: layer.dialog, snackbar: layer.dialog + 1, tooltip: layer.dialog + 2 },
  components,
})
