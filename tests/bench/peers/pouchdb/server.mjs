// PouchDB's own server on LevelDB: node server.mjs FOLDER. Prints its address.
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'

// Five hundred feeds listen to one database.
EventEmitter.defaultMaxListeners = 0
const [folder = tmpdir()] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
process.chdir(folder)
const Database = PouchDB.defaults({ prefix: `${folder}/` })
const app = express()
app.use('/', expressPouch(Database, { mode: 'minimumForPouchDB', logPath: `${folder}/log.txt`, inMemoryConfig: true }))
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
process.on('disconnect', () => process.exit(0))
