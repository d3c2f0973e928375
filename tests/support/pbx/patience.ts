/**
 * How long anything in the laboratory may take before it counts as failed, milliseconds. Not how long it should take: on a
 * busy machine ten processes share two cores, and a test that waits for the right thing is in no hurry.
 */
export const PATIENCE_MS = 60_000
