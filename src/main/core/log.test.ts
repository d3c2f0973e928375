import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from './log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a line is one JSON object with time, level and event', () => {
  openLog(folder, 'host').warn('worker.slow', { milliseconds: 31 })
  const line = JSON.parse(readFileSync(join(folder, 'logs', 'host.log'), 'utf8'))
  expect(line).toMatchObject({ level: 'warn', event: 'worker.slow', milliseconds: 31 })
  expect(Date.parse(line.at)).toBeGreaterThan(0)
})

test('a large log makes room and keeps three generations', () => {
  openLog(folder, 'host').info('first')
  for (let generation = 0; generation < 6; generation++) {
    writeFileSync(join(folder, 'logs', 'host.log'), 'x'.repeat(2 * 1024 * 1024 + 1))
    openLog(folder, 'host').info('next', { generation })
  }
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['host.log', 'host.log.1', 'host.log.2', 'host.log.3'])
  expect(readFileSync(join(folder, 'logs', 'host.log'), 'utf8')).toContain('"generation":5')
})

test('where the folder cannot be written, trouble is still said and nothing throws', () => {
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
  const said: string[] = []
  const log = openLog(folder, 'host', (line) => said.push(line))
  log.info('dropped')
  log.error('kept')
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('"event":"kept"')
})
