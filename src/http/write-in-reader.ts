/** A read-only client was about to send a request that could change something: a bug. */
export class WriteInReader extends Error {}
