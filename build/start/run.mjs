import { spawn } from 'node:child_process'

/** How long Electron may take to show its window before its end counts as a failed start. */
const START_LIMIT_MS = 20_000

/**
 * Runs a program in this terminal until it ends; signals meant for us go on to it.
 * @returns {Promise<number>} its exit code
 */
export function runHere(command, words, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    // The terminal sends Ctrl+C to both; the child decides when it is done.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/**
 * Runs Electron until it is closed.
 * @returns {Promise<{ opened: boolean, code: number, said: string }>} `opened` is false where it ended without a window
 */
export function runElectron(program, words, cwd) {
  return new Promise((resolve) => {
    const env = { ...process.env }
    delete env.ELECTRON_RUN_AS_NODE
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let opened = false
    let said = ''
    const timer = setTimeout(() => {
      if (!opened) child.kill()
    }, START_LIMIT_MS)
    child.stdout.on('data', (data) => {
      if (String(data).includes('Baton is open.')) opened = true
      process.stdout.write(data)
    })
    child.stderr.on('data', (data) => {
      said = (said + data).slice(-4000)
    })
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    const end = (code) => {
      clearTimeout(timer)
      resolve({ opened, code, said })
    }
    child.on('error', () => end(1))
    child.on('close', (code) => end(code ?? 1))
  })
}
