declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}
declare module '*.css'

/** A script for a thread of its own, built beside the pages; its address. */
declare module '*?worker&url' {
  const address: string
  export default address
}

/** A file that is served beside the pages as it is; its address. */
declare module '*.json?url' {
  const address: string
  export default address
}
