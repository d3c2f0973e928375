import manifest from '../../../package.json' with { type: 'json' }

/** Baton's version, as the page and the log show it. */
export const VERSION: string = manifest.version
