/** The file of a sandbox tenant cannot be used. */
export class SandboxFileError extends Error {
  override readonly name = "SandboxFileError";
}
