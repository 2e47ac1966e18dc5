import { customAttributes, extensionAttributes } from "../tenant/exchange-properties.ts";
import { textOf } from "../tenant/tenant.ts";
import type { Json, TenantState } from "../tenant/tenant.ts";
import { outcome, textIn } from "./call.ts";
import type { Call, Outcome } from "./call.ts";
import { badFilter, notConvertible } from "./exchange-problem.ts";
import { identified, seenBy } from "./find-recipient.ts";
import type { Reach } from "./find-recipient.ts";
import { compileOpath } from "./opath/evaluate.ts";
import { parseOpath } from "./opath/parse.ts";
import { OpathError } from "./opath/tokens.ts";
import type { Recipient } from "./recipients.ts";
import { contactRow, mailContactRow, recipientRow } from "./rows.ts";
import type { Row } from "./rows.ts";

interface Read {
  readonly reach: Reach;
  readonly rowOf: (state: TenantState, recipient: Recipient) => Row;
  readonly filterable: readonly string[];
}

const anywhere = [
  "Name",
  "DisplayName",
  "Guid",
  "IsDirSynced",
  "WindowsEmailAddress",
  "WhenChanged",
  "RecipientTypeDetails",
];
const ofMail = [
  "ExternalEmailAddress",
  ...customAttributes,
  ...extensionAttributes,
  "HiddenFromAddressListsEnabled",
  "Alias",
  "EmailAddresses",
];
const ofPeople = ["Company", "Department", "Notes"];

const reads = {
  "Get-MailContact": { reach: "mail-contacts", rowOf: mailContactRow, filterable: [...anywhere, ...ofMail] },
  "Get-Contact": { reach: "contacts", rowOf: contactRow, filterable: [...anywhere, ...ofPeople] },
  "Get-Recipient": {
    reach: "recipients",
    rowOf: recipientRow,
    filterable: [...anywhere, ...ofMail, ...ofPeople, "RecipientType"],
  },
} satisfies Readonly<Record<string, Read>>;

/** Creates a cmdlet that lists objects. Without an identity, or with null or an empty one, it returns all of them. */
export function readCmdlet(cmdlet: keyof typeof reads): (call: Call) => Outcome {
  const { reach, rowOf, filterable }: Read = reads[cmdlet];
  return (call) => {
    const { state } = call.store;
    const identity = textIn(call, "Identity");
    const matches = filterOf(call, filterable);
    const wanted = detailsOf(call);
    const found = identity === "" ? seenBy(call, reach) : [identified(call, reach, identity)];
    const rows = found
      .filter(({ details }) => wanted === null || wanted.includes(details))
      .map((recipient) => rowOf(state, recipient))
      .filter((row) => matches(row));
    return outcome(sorted(rows, textIn(call, "SortBy")));
  };
}

function filterOf(call: Call, filterable: readonly string[]): (row: Row) => boolean {
  const filter = textIn(call, "Filter");
  if (filter === "") return () => true;
  try {
    return compileOpath(parseOpath(filter), filterable, (row: Row, name): Json => row[name] ?? null);
  } catch (error) {
    throw error instanceof OpathError ? badFilter(error.message) : error;
  }
}

const allDetails = [
  "Contact",
  "GroupMailbox",
  "GuestMailUser",
  "MailContact",
  "MailForestContact",
  "MailUniversalDistributionGroup",
  "MailUniversalSecurityGroup",
  "MailUser",
  "SharedMailbox",
  "UserMailbox",
];

function detailsOf({ bindings }: Call): readonly string[] | null {
  const given = bindings.get("RecipientTypeDetails");
  if (typeof given !== "object" || given === null) return null;
  const type = "Microsoft.Exchange.Data.Directory.Recipient.RecipientTypeDetails[]";
  if (given.how === "change") throw notConvertible("RecipientTypeDetails", "a hash table", type);
  return given.items.map((item) => {
    const known = allDetails.find((details) => details.toLowerCase() === item.toLowerCase());
    if (known === undefined) throw notConvertible("RecipientTypeDetails", item, type);
    return known;
  });
}

const sortable = ["Name", "DisplayName", "Alias"];

function sorted(rows: readonly Row[], by: string): readonly Row[] {
  if (by === "") return rows;
  const property = sortable.find((name) => name.toLowerCase() === by.toLowerCase());
  if (property === undefined) throw notConvertible("SortBy", by, "System.String");
  const key = (row: Row): string => textOf(row[property]).toLowerCase();
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other))));
}
