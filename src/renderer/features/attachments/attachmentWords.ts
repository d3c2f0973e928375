import { assertNever } from '../../../shared/base/assertNever.ts'
import type { ListedAttachment, WaitingAttachments } from '../../../shared/contract/methods/attachments.ts'

const KILO = 1024

/** `840 KB`, `3.4 MB`: as people say it, one digit behind the point at most. */
export function sizeWords(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`
  if (bytes < KILO * KILO) return `${Math.round(bytes / KILO)} KB`
  return `${(bytes / KILO / KILO).toFixed(1).replace(/\.0$/, '')} MB`
}

/** Where the file is, in so many words; nothing where that is as it should be. */
export function placeWords({ place, deviceName }: Pick<ListedAttachment, 'place' | 'deviceName'>): string {
  switch (place) {
    case 'here':
      return ''
    case 'toHub':
      return 'Going to the hub'
    case 'atHub':
      return 'At the hub'
    case 'onItsWay':
      return deviceName === '' ? 'Still on its way' : `Still on its way from ${deviceName}`
    case 'missing':
      return 'Not on this workstation'
    default:
      return assertNever(place, 'place of a file')
  }
}

/** What waits to go up, in a sentence; null where nothing does. */
export function waitingSentence({ files, bytes, sent }: WaitingAttachments, online: boolean): string | null {
  if (files === 0) return null
  const [what, verb] = files === 1 ? ['1 attachment', 'is'] : [`${files} attachments`, 'are']
  const share = bytes === 0 || sent === 0 ? '' : `, ${sizeWords(sent)} of it sent`
  return online ? `${what} (${sizeWords(bytes)}${share}) ${verb} going to the hub, behind the changes.` : `${what} (${sizeWords(bytes)}) ${files === 1 ? 'waits' : 'wait'} for the hub. The files are safe here.`
}
