/** What a person reads where the link has stopped: what happened, what was kept, what to do. */

/** What waits stays, in the words after a colon. */
function kept(count: number): string {
  if (count === 0) return 'everything that was done here had gone up'
  return count === 1 ? '1 change is kept here' : `${count} changes are kept here`
}

export function clonedSentence(waiting: number): string {
  return `This data folder is a copy of another workstation\u2019s, and both were used. Nothing was lost: ${kept(waiting)}. Enrol this workstation again with a new code; it goes on under a name of its own.`
}

export function revokedSentence(waiting: number): string {
  return `This workstation\u2019s access to the hub was taken away. Nothing was lost: ${kept(waiting)}. Somebody who manages workstations can give it a new code: Settings, Hub, at another workstation.`
}

export function keyGoneSentence(waiting: number): string {
  return `This workstation\u2019s key to the hub is not on this machine: the data folder was moved, copied or restored. Nothing was lost: ${kept(waiting)}. Enrol it again with a new code.`
}

export function otherCompanySentence(waiting: number): string {
  return `The hub at this address keeps another company. Nothing was sent there, and nothing was lost: ${kept(waiting)}. Enrol this workstation again with a new code.`
}

export const RECOVERING = 'The hub was restored from a backup and is taking back what it forgot. Work goes on; changes go up in a few minutes.'

export const DISK_TROUBLE = 'What came from the hub could not be saved: the disk is full or can\u2019t be written. It is asked for again.'

export const OFFLINE_AWAITED = 'This needs the hub, and the line to it is down. Nothing was changed. Try again when the status bar says that this workstation is online.'

export const NOT_TAKEN_IN = 'Baton can\u2019t take in what came from the hub. What was done here is kept and still goes up. The log says more.'
