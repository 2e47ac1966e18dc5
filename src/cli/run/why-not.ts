import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isWrongName } from "../../reconcile/wrong-names.ts";
import { isBlind } from "../../render/is-blind.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { Ui } from "../output/ui.ts";
import type { Spool } from "../plans/spool.ts";
import { changesIn, exitCodesOf } from "../plans/verdict.ts";
import { approved } from "./approval.ts";

interface Asking {
  readonly ui: Ui;
  readonly context: Context;
  /** Whether somebody has to say yes. */
  readonly isAsked: boolean;
  /** The run that is rolled back; null for any other. */
  readonly undoes: string | null;
}

interface Unmade {
  readonly code: ExitCode;
  /** What the plan does not say itself. */
  readonly why: readonly Diagnostic[];
}

/** Why a plan will not be made; null when it will. */
export async function whyNot(plan: Spool, { ui, context, isAsked, undoes }: Asking): Promise<Unmade | null> {
  const codes = exitCodesOf(plan.end);
  if (codes.includes(exitCode.refused)) return { code: exitCode.refused, why: [] };
  if (isBlind(plan)) {
    // What could not be read is left as it is, and may be read next time; a wrong name, or a run that does not fit the
    // config any more, stays what it is.
    const isLasting = undoes !== null || plan.end.diagnostics.some(isWrongName);
    return { code: isLasting ? exitCode.error : exitCode.incomplete, why: [] };
  }
  if (changesIn(plan.end) > 0 && isAsked) {
    const answer = await approved(context);
    context.signal.throwIfAborted();
    if (answer === "nobody") {
      const why = [nobodyToAsk(undoes)];
      await ui.report(why);
      return { code: exitCode.error, why };
    }
    if (answer === "no") {
      // Not a remark, which --quiet would leave out: it is why the exit code is 1.
      await ui.log.write("Nothing was changed.\n");
      return { code: exitCode.error, why: [answeredNo] };
    }
  }
  return null;
}

const answeredNo: Diagnostic = {
  severity: "error",
  code: "answered-no",
  summary: "The plan was not approved",
  detail: "The plan was shown and the answer was not yes, so nothing was changed.",
  place: null,
};

/** @param undoes - the run that is rolled back: a saved plan would make it again */
function nobodyToAsk(undoes: string | null): Diagnostic {
  const orSave = ", or save the plan with galops plan -o FILE and apply it with galops apply FILE";
  return {
    severity: "error",
    code: "nobody-to-ask",
    summary: "No terminal to ask on",
    detail:
      "The plan needs approval and there is no terminal to ask on, so nothing was changed. " +
      `Use --auto-approve${undoes === null ? orSave : ""}.`,
    place: null,
  };
}
