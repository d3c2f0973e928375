import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Sentence } from '../sentence.mjs'
import { ensureBuilt } from './built.mjs'
import { displayProblem, electronBinary, fetchElectron } from './electron.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runElectron, runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const HELP = `npm start -- [flags]

Installs what is missing, builds Baton where it changed, and opens it: in Electron where its
program can be had and there is a display, otherwise in your browser at the address it prints.

  --web        open in the browser even where Electron would work
  --port N     in the browser: listen on this port (default: any free one)
  --data DIR   keep the data in this folder. Default, for each person:
                 Linux    ~/.local/share/baton (or $XDG_DATA_HOME/baton)
                 macOS    ~/Library/Application Support/Baton
                 Windows  %APPDATA%\\Baton
  --sample     go straight into the sample company, in a data folder of its own
               (the default folder's name with -sample)
  --help       this text`

const FLAGS = { '--web': 0, '--sample': 0, '--port': 1, '--data': 1 }

/** Checks the flags before anything is installed for nothing; what they mean is the host's own business. */
function checkFlags(words) {
  for (let index = 0; index < words.length; index++) {
    const [name, value] = words[index].split('=', 2)
    if (!Object.hasOwn(FLAGS, name)) throw new Sentence(`Baton does not know ${words[index]}. See npm start -- --help.`)
    if (FLAGS[name] === 1 && value === undefined && words[++index] === undefined) throw new Sentence(`${name} needs a value. See npm start -- --help.`)
  }
}

/** Why Baton opens in the browser, or null where Electron opened and has been closed again. */
async function tryElectron(node, words) {
  if (words.includes('--web')) return '--web was given'
  if (words.some((word) => word.startsWith('--port'))) return '--port was given'
  const problem = displayProblem()
  if (problem) return problem
  const reason = electronBinary(root) ? null : await fetchElectron(root, node, console.log)
  if (reason) return reason
  const { opened, code, said } = await runElectron(electronBinary(root), [root, ...words], root)
  if (opened) process.exit(code)
  const last = said.trim().split('\n').at(-1) ?? ''
  return `Electron ended without a window (${last.slice(0, 160) || `code ${code}`})`
}

export async function main(words) {
  if (words.includes('--help') || words.includes('-h')) return console.log(HELP)
  checkFlags(words)
  await ensureInstalled(root, console.log)
  const node = findNode(root)
  await ensureBuilt(root, node, console.log)
  const reason = await tryElectron(node, words)
  console.log(`Baton opens in your browser because ${reason}.`)
  // Keeps the compiled form of the bundles, which takes a fifth off every later start.
  process.env.NODE_COMPILE_CACHE ??= join(root, '.baton', 'compiled')
  process.exit(await runHere(node, [join(root, 'dist', 'main', 'web.js'), ...words], root))
}
