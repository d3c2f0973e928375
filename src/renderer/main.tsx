import './api/zodWithoutEval.ts'
import '@fontsource-variable/ibm-plex-sans/wdth.css'
import './theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api/api.ts'
import { listenToKeyboard } from './components/useHotkeys.ts'
import { App } from './features/shell/App.tsx'
import { PageBoundary } from './features/shell/PageBoundary.tsx'
import { mountRememberedSound } from './media/soundFrame.ts'
import { listenToLinks } from './stores/links.ts'
import { joinWindows, sideWindow } from './stores/windows.ts'
import { applyRememberedTheme } from './theme/rememberedTheme.ts'
import { ThemeFrame } from './theme/ThemeFrame.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')

// The telephone's sound is the main window's.
if (sideWindow === null) mountRememberedSound()
applyRememberedTheme()
listenToLinks()
api.start()
joinWindows()
listenToKeyboard()
createRoot(root).render(
  <StrictMode>
    <ThemeFrame>
      <PageBoundary>
        <App />
      </PageBoundary>
    </ThemeFrame>
  </StrictMode>,
)
