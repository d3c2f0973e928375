import { z } from 'zod'
import { PERMISSIONS, ROLES } from '../../domain/people/permissions.ts'
import { COMPANY_PHASES } from '../../domain/people/tables.ts'
import { defineAction, defineQuery } from '../method.ts'

const signedInPerson = z.object({
  userId: z.string(),
  name: z.string(),
  initials: z.string(),
  roles: z.array(z.enum(ROLES)),
  permissions: z.array(z.enum(PERMISSIONS)),
})

export const sessionMethods = [
  defineQuery({
    name: 'session.state',
    summary: 'Which company this is, who may sign in, and who is signed in at this page.',
    permission: null,
    input: z.strictObject({}),
    reads: ['company', 'user'],
    output: z.object({
      company: z
        .object({ id: z.string(), name: z.string(), phase: z.enum(COMPANY_PHASES), zone: z.string(), ringLimitSeconds: z.int(), lockAfterMinutes: z.int() })
        .nullable(),
      people: z.array(z.object({ userId: z.string(), name: z.string(), initials: z.string(), roles: z.array(z.enum(ROLES)), hasPin: z.boolean() })),
      person: signedInPerson.nullable(),
      version: z.string(),
      /** True where Electron hosts the page, false in a browser. */
      desktop: z.boolean(),
    }),
  }),
  defineAction({
    name: 'session.signIn',
    summary: 'Sign in as a person with a PIN.',
    permission: null,
    input: z.strictObject({ userId: z.string().max(40), pin: z.string().max(12) }),
    output: signedInPerson,
  }),
  defineAction({
    name: 'session.lock',
    summary: 'Lock this page until somebody signs in.',
    permission: null,
    input: z.strictObject({ reason: z.enum(['idle', 'asked']) }),
    output: z.object({}),
  }),
  defineAction({
    name: 'company.startSample',
    summary: 'Fill this empty store with the sample company and sign in to it.',
    permission: null,
    input: z.strictObject({ seed: z.int().min(0).max(2 ** 31).default(1), clientOperationId: z.string().max(40).optional() }),
    output: z.object({ companyId: z.string(), customers: z.int(), locations: z.int(), jobs: z.int(), milliseconds: z.number() }),
  }),
  defineAction({
    name: 'company.setUp',
    summary: 'Start a company of one\u2019s own in this empty store.',
    permission: null,
    input: z.strictObject({
      companyName: z.string().min(1).max(120),
      zone: z.string().min(1).max(60),
      ownerName: z.string().min(1).max(80),
      pin: z.string().regex(/^\d{4,8}$/, 'A PIN is four to eight digits.'),
    }),
    output: signedInPerson,
  }),
] as const
