/** Where the web host takes the media page's WebSocket; the token cookie travels with the upgrade. */
export const MEDIA_SOCKET_PATH = '/media'

/**
 * The same for a page that was sent away because another browser of this workstation has the sound: it asks now and then
 * whether that one is gone.
 */
export const MEDIA_WAITING_PATH = '/media/waiting'

/** Why a media page's WebSocket was closed: another browser has the sound. Whoever came back at once would take it from them again. */
export const DISPLACED = 4001

/** The media page's path in both hosts. */
export const MEDIA_PAGE_PATH = '/media.html'

/** Held by the one tab of a browser whose media page has the audio; the next one gets it when that tab is gone. */
export const AUDIO_LOCK = 'baton-audio'

/** Between the settings screen and the media page of the same browser: levels, tests, and the list of devices. */
export const AUDIO_CHANNEL = 'baton-audio-check'
