import type { ScriptContent, ScriptPurpose } from './content.ts'

/** What a call needs words for. A unit or job type that nobody has chosen yet fits only what is for all of them. */
export interface ScriptNeed {
  readonly purpose: ScriptPurpose
  readonly businessUnitId: string | null
  readonly jobTypeId: string | null
}

/** A published version with what it is bound to; null binds it to nothing in particular. */
export interface PublishedScript extends ScriptNeed {
  readonly versionId: string
  readonly scriptId: string
  readonly name: string
  readonly number: number
  readonly content: ScriptContent
}
