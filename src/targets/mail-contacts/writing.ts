import type { ExchangeClient } from "../../http/exchange/exchange.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { Clock } from "../../model/context.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { ManagerNames } from "./manager-names.ts";
import type { Managers } from "./managers.ts";
import type { LookPacing } from "./look-pacing.ts";

/** Dependencies for writing the contacts of one sync. */
export interface Writing {
  readonly exchange: ExchangeClient;
  readonly sync: MailContactsSync;
  readonly clock: Clock;
  readonly journal: BookJournal;
  readonly managers: Managers;
  readonly managerNames: ManagerNames;
  readonly signal: AbortSignal;
  readonly pacing: LookPacing;
}
