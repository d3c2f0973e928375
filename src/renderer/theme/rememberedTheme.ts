/** Where MUI remembers light, dark or system. */
export const THEME_STORAGE_KEY = 'baton-theme'

/** Sets the theme before the first paint, so that a dark room sees no white page; MUI takes over from there. */
export function applyRememberedTheme(): void {
  const remembered = localStorage.getItem(THEME_STORAGE_KEY)
  const dark = remembered === 'dark' || (remembered !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}
