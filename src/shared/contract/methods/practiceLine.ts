import { z } from 'zod'
import { defineAction, defineQuery } from '../method.ts'

/** The practice line and its scripted callers. */
export const practiceLineMethods = [
  defineQuery({
    name: 'practice.state',
    summary: 'The practice line: its scripted callers, and whether it rings by itself.',
    permission: 'call.handle',
    input: z.strictObject({}),
    reads: [],
    output: z.object({ everyMinutes: z.int().nullable(), scripts: z.array(z.object({ key: z.string(), title: z.string(), goal: z.string() })) }),
  }),
  defineAction({
    name: 'practice.ring',
    summary: 'Let a scripted caller ring; without a script, the next one in turn.',
    permission: 'call.handle',
    input: z.strictObject({ script: z.string().max(40).optional() }),
    output: z.object({ callId: z.string(), script: z.string() }),
  }),
  defineAction({
    name: 'practice.schedule',
    summary: 'Let a scripted caller ring every few minutes, or stop that.',
    permission: 'call.handle',
    input: z.strictObject({ everyMinutes: z.int().min(1).max(120).nullable() }),
    output: z.object({ everyMinutes: z.int().nullable() }),
  }),
] as const
