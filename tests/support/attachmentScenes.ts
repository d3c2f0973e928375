import type { ListedAttachment } from '../../src/shared/contract/methods/attachments.ts'
import { DAY, HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { ENROLLED } from './hubScenes.ts'
import type { PretendedAnswers } from './pretendedHub.ts'

/** The morning of the sample office\u2019s clock. */
const NOW = Date.UTC(2026, 6, 14, 15, 20)

function attached(index: number, more: Partial<ListedAttachment>): ListedAttachment {
  return { attachmentId: `attachment ${index}`, subjectKind: 'customer', subjectId: 'customer', name: '', mediaType: 'image/jpeg', bytes: 0, note: '', at: NOW, by: 'Rosa Quill', about: '', place: 'here', deviceName: 'Front desk 1', ...more }
}

const LIST: readonly ListedAttachment[] = [
  attached(1, { name: 'Condenser plate.jpg', bytes: 3_412_004, at: NOW - 4 * MINUTE, about: 'Job 48113', place: 'toHub' }),
  attached(2, { name: 'Breaker panel.jpg', bytes: 2_904_113, at: NOW - 9 * MINUTE, about: 'Job 48113', by: 'Dana Wray', place: 'onItsWay', deviceName: 'Front desk 2' }),
  attached(3, { name: 'Permit 4471.pdf', bytes: 188_204, mediaType: 'application/pdf', at: NOW - 26 * HOUR, note: 'signed' }),
  attached(4, { name: 'Check 2087 front.jpg', bytes: 911_300, at: NOW - 6 * DAY, about: 'Invoice 20144', by: 'Tanya Reese', place: 'atHub' }),
  attached(5, { name: 'Attic access from the garage, left of the door.jpg', bytes: 4_120_771, at: NOW - 40 * DAY, about: '27 Larkspur Court', by: 'Dana Wray' }),
]

/** A customer with files of every state. */
export const ATTACHED: PretendedAnswers = { ...ENROLLED, 'attachment.list': LIST, 'attachment.waiting': { files: 1, bytes: 3_412_004, sent: 1_048_576, problem: null } }
