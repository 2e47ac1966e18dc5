/** An edit or query names an object that the sandbox tenant does not have, or an edit is not possible. */
export class SandboxEditError extends Error {
  override readonly name = "SandboxEditError";
}
