/** Why the hub ends a link. Below 4000 they are WebSocket's own. */
export const CLOSE = {
  /** Not in the protocol, or too many questions at once. */
  policy: 1008,
  /** The hub stops or changes its epoch: come back at once, here or at another hub process. */
  comeBack: 1012,
  /** The database fails, or this workstation reads too slowly: come back in a while. */
  later: 1013,
  /** Another link of the same workstation took this one's place. */
  replaced: 4001,
  /** Access was taken away: don't come back. */
  revoked: 4403,
  /** The company's first rows are still on their way. */
  founding: 4409,
  /** One side is too old; the message before says which. */
  upgrade: 4426,
} as const
