/** Somebody asked to see or change what a sandbox tenant does not have, or to make of it what cannot be. */
export class SandboxEditError extends Error {
  override readonly name = "SandboxEditError";
}
