import type { ContactFields } from "../../../src/model/contact.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import type { ExchangeRequest } from "../../../src/sandbox/wire/wire.ts";
import { readAll } from "../../contract/target.ts";
import type { MailWorld } from "./world.ts";

export const contact = (local: string, more: ContactFields = {}): ContactFields => ({
  displayName: local,
  emailAddresses: [`${local}@contoso.com`],
  jobTitle: "",
  manager: "",
  ...more,
});

export const at = (local: string): string => `${local}@northwind.example`;

export function told(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(
    ({ change, status, problem }) =>
      `${change.action} ${change.displayName}: ${problem === null ? status : `${status} (${problem.code})`}`,
  );
}

export async function byName(world: MailWorld): Promise<ReadonlyMap<string, ContactFields>> {
  const live = await readAll(world);
  return new Map(live.map(({ fields }) => [fields.displayName ?? "", fields]));
}

/** Cmdlets that were sent, in order, and what can be done to each. */
export function watch(
  fault: (
    request: ExchangeRequest,
    count: number,
  ) => "reset-before" | "reset-after" | Response | undefined = () => undefined,
) {
  const sent: ExchangeRequest[] = [];
  const counts = new Map<string, number>();
  return {
    sent,
    cmdlets: () => sent.map(({ cmdlet }) => cmdlet),
    intercept(request: { readonly service: string }) {
      if (request.service !== "exchange") return undefined;
      const asked = request as ExchangeRequest; // the only one of that service
      sent.push(asked);
      const count = (counts.get(asked.cmdlet) ?? 0) + 1;
      counts.set(asked.cmdlet, count);
      return fault(asked, count);
    },
  };
}
