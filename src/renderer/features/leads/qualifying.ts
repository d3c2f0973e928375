import type { QualifyingQuestion } from '../../../shared/contract/methods/leads.ts'
import type { ScriptContent } from '../../../shared/domain/scripts/content.ts'
import { useQuery } from '../../api/api.ts'

const NONE: readonly QualifyingQuestion[] = []

/** What is asked to qualify a job of this type; nothing while none is chosen. */
export function useQualifying(jobTypeId: string | null): readonly QualifyingQuestion[] {
  return useQuery('leads.questions', jobTypeId === null ? null : { jobTypeId }).data?.questions ?? NONE
}

/** A script with the questions of the job type behind its own, at the problem; none has to be answered to book. */
export function withQualifying(content: ScriptContent, asked: readonly QualifyingQuestion[]): ScriptContent {
  const own = new Set(content.questions.map(({ key }) => key))
  const more = asked.filter(({ key }) => !own.has(key)).map((question) => ({ ...question, step: 'problem' as const, required: false }))
  return more.length === 0 ? content : { ...content, questions: [...content.questions, ...more] }
}
