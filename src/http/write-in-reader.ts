/** A request that could change something was about to leave a client that may only read: a bug. */
export class WriteInReader extends Error {}
