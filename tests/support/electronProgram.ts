import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './webHost.ts'

export type ElectronProgram = { readonly path: string } | { readonly missing: string }

/** Electron's program, or why the specs that need it are not run. */
export function findElectron(): ElectronProgram {
  const folder = join(ROOT, 'node_modules', 'electron')
  let path = ''
  try {
    path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  } catch {
    // Its package brings no program; whoever wants one has fetched it.
  }
  if (path === '' || !existsSync(path)) return { missing: 'not run: no Electron binary' }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return { missing: 'not run: no display for Electron' }
  return { path }
}
