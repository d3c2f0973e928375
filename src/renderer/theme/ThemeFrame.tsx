import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { muiTheme } from './muiTheme.ts'
import { THEME_STORAGE_KEY } from './rememberedTheme.ts'
import { cssVariables } from './variables.ts'

const variables = <GlobalStyles styles={cssVariables()} />

/** The look around everything: variables, MUI theme, and the remembered choice of light, dark or as the system has it. */
export function ThemeFrame({ children }: { readonly children: ReactNode }) {
  return (
    <ThemeProvider theme={muiTheme} defaultMode="system" modeStorageKey={THEME_STORAGE_KEY} disableTransitionOnChange>
      {variables}
      {children}
    </ThemeProvider>
  )
}
