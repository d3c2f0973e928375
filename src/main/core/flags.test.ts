import { expect, test } from 'vitest'
import { defaultDataDir, parseFlags } from './flags.ts'

const machine = { platform: 'linux', env: {}, home: '/home/marta', cwd: '/srv' }

test('the data folder is the system\u2019s own for a person, and the sample company\u2019s is another', () => {
  expect(defaultDataDir(false, machine)).toBe('/home/marta/.local/share/baton')
  expect(defaultDataDir(true, machine)).toBe('/home/marta/.local/share/baton-sample')
  expect(defaultDataDir(false, { ...machine, env: { XDG_DATA_HOME: '/data' } })).toBe('/data/baton')
  expect(defaultDataDir(false, { ...machine, env: { XDG_DATA_HOME: 'relative' } })).toBe('/home/marta/.local/share/baton')
  expect(defaultDataDir(false, { ...machine, platform: 'darwin' })).toBe('/home/marta/Library/Application Support/Baton')
  expect(defaultDataDir(false, { ...machine, platform: 'win32', env: { APPDATA: '/appdata' } })).toBe('/appdata/Baton')
})

test('flags are read', () => {
  expect(parseFlags(['--port', '4600', '--data', 'here', '--sample'], machine)).toEqual({
    ok: true,
    flags: { port: 4600, dataDir: '/srv/here', sample: true },
  })
  expect(parseFlags([], machine)).toEqual({ ok: true, flags: { port: null, dataDir: '/home/marta/.local/share/baton', sample: false } })
})

test.each([[['--port', 'abc']], [['--port', '0']], [['--port', '70000']], [['--data', '']], [['--prot', '1']], [['--port']], [['here']]])('%j is answered with a sentence', (argv) => {
  const parsed = parseFlags(argv, machine)
  expect(parsed).toMatchObject({ ok: false, problem: expect.stringMatching(/^[-A-Z].*npm start -- --help\.$/) })
})
