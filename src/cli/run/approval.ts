import type { Context } from "../../model/context.ts";

/** Whether a person wants a plan to be made: only `yes` will do. `nobody`: there is no terminal to ask on. */
export async function approved(context: Context): Promise<"yes" | "no" | "nobody"> {
  const answer = await context.ask(
    "\nDo you want to make these changes? Only yes is accepted: ",
    context.signal,
  );
  if (answer === null) return "nobody";
  return answer.trim() === "yes" ? "yes" : "no";
}
