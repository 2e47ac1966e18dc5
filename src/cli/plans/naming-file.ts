import { PlanFormatError } from "../../plan-format/plan-format-error.ts";
import { SealError } from "../../seal/seal-error.ts";

/** The same failure, telling which file it is about; many do not. */
export function namingFile(error: unknown, shown: string): unknown {
  if (error instanceof PlanFormatError) {
    return new PlanFormatError(error.code, `${shown}: ${error.message}`, error);
  }
  if (error instanceof SealError) return new SealError(error.code, `${shown}: ${error.message}`, error);
  if (!(error instanceof Error && "code" in error)) return error;
  const { code, message } = error;
  return Object.assign(new Error(message, { cause: error }), { code, path: shown });
}
