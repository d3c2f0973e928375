import { expect, it } from 'vitest'
import { HubStoreFailure } from '../core/hubStore.ts'
import { databaseAway } from './databaseAway.ts'

const coded = (code: string, message = 'in other words'): Error => Object.assign(new Error(message), { code })

it('knows a database that is away from one that answers', () => {
  expect(databaseAway(coded('57P03'))).toBe('it is starting or stopping')
  expect(databaseAway(coded('ECONNREFUSED'))).toBe('nothing answers at its address')
  expect(databaseAway(new Error('Connection terminated unexpectedly'))).toBe('the connection to it broke')
  expect(databaseAway(new HubStoreFailure('wrapped', { cause: coded('53300') }))).toBe('it is out of connections, memory or disk')
  expect(databaseAway(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]))).toBe('nothing answers at its address')
  // A wrong password, a table that is not there, a port in use: the same would come again.
  for (const error of [coded('28P01'), coded('42P01'), coded('EADDRINUSE'), new Error('A newer hub has written this')]) expect(databaseAway(error)).toBeNull()
})
