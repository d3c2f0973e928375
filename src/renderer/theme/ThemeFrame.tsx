import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { muiTheme } from './muiTheme.ts'
import { THEME_STORAGE_KEY } from './rememberedTheme.ts'
import { cssVariables } from './variables.ts'

/** The answer's nonce: without it the content security policy refuses the style elements that MUI makes. */
function styleNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce || undefined
}

const nonce = styleNonce()
// Prepended, so that a component's own stylesheet wins over MUI's at equal weight.
const styleCache = createCache({ key: 'baton', prepend: true, ...(nonce ? { nonce } : {}) })

const variables = <GlobalStyles styles={cssVariables()} />

/** The look around everything: variables, MUI theme, and the remembered choice of light, dark or as the system has it. */
export function ThemeFrame({ children }: { readonly children: ReactNode }) {
  return (
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={muiTheme} defaultMode="system" modeStorageKey={THEME_STORAGE_KEY}>
        {variables}
        {children}
      </ThemeProvider>
    </CacheProvider>
  )
}
