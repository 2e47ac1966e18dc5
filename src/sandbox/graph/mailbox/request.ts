import { propertyType } from "../../odata/edm.ts";
import type { Store } from "../../store/store.ts";
import type { Contact, Mailbox } from "../../tenant/tenant.ts";
import { badRequest, GraphProblem, itemNotFound } from "../../wire/graph-problem.ts";
import type { GraphRequest } from "../../wire/wire.ts";
import { nextQuery, pageSize } from "../query.ts";
import type { Query } from "../query.ts";
import { expandedIds } from "./extended-properties.ts";
import { keptId } from "./item-ids.ts";

/** A request for items of one mailbox. */
export interface MailboxRequest extends GraphRequest {
  readonly store: Store;
  readonly mailbox: Mailbox;
  /** See item-ids.ts. */
  readonly tag: string;
  /** Whether to return immutable ids of contacts. */
  readonly immutable: boolean;
  /** The current time; ISO 8601, UTC, whole seconds. */
  readonly at: string;
}

/** The well-known name of the default folder, which also has an id. */
const defaultFolderName = "contacts";

/**
 * Converts a shown folder id to the id in the file; null for the default folder. @throws {GraphProblem} when there is
 * no such folder
 */
export function folderIdOf({ mailbox, tag }: MailboxRequest, shown: string): string | null {
  if (shown.toLowerCase() === defaultFolderName) return null;
  const id = keptId(shown, tag, ["folder"]);
  if (id === "") return null;
  if (id === null || !mailbox.folders.has(id)) throw itemNotFound();
  return id;
}

/** Finds a contact by either form of its id, whatever the request prefers. @throws {GraphProblem} when there is none */
export function contactOf({ mailbox, tag }: MailboxRequest, shown: string): Contact {
  const id = keptId(shown, tag, ["immutable", "regular"]);
  const contact = id === null ? undefined : mailbox.contacts.get(id);
  if (contact === undefined) throw itemNotFound();
  return contact;
}

/** Checks the selected names. @throws {GraphProblem} */
export function selected(entity: "contact" | "contactFolder", { select }: Query): readonly string[] | null {
  const unknown = select?.find((name) => propertyType(entity, name) === null);
  if (unknown === undefined) return select;
  const type = entity === "contact" ? "Contact" : "ContactFolder";
  throw new GraphProblem(
    400,
    "RequestBroker--ParseUri",
    `Could not find a property named '${unknown}' on type 'Microsoft.OutlookServices.${type}'.`,
  );
}

/** The ids of the named properties to expand. @throws {GraphProblem} for any other expansion */
export function expanded({ expand }: Query): readonly string[] {
  return expand.flatMap(({ navigation, filter, select }) => {
    if (navigation !== "singleValueExtendedProperties" || select !== null) {
      throw badRequest(`Parsing OData Select and Expand failed: '${navigation}' cannot be expanded here.`);
    }
    return expandedIds(filter);
  });
}

/**
 * Renders one page, with the link to the next.
 *
 * @param render - returns an item as JSON without the opening brace
 */
export function pageJson<Item>(
  request: MailboxRequest,
  query: Query,
  items: Iterable<Item>,
  render: (item: Item) => string,
): string {
  const size = pageSize(query, { usual: 10, most: 1000 });
  const from = query.skip ?? 0;
  let json = "";
  let index = 0;
  let isMore = false;
  for (const item of items) {
    if (index >= from + size) {
      isMore = true;
      break;
    }
    if (index >= from) json += `${json === "" ? "{" : ",{"}${render(item)}}`;
    index++;
  }
  const next = `${request.root}${request.path}?${nextQuery(query, ["%24skip", String(from + size)])}`;
  const context = `${request.root}/$metadata#users('${request.mailbox.user}')/${request.segments.slice(2).join("/")}`;
  const link = isMore ? `,"@odata.nextLink":${JSON.stringify(next)}` : "";
  return `{"@odata.context":${JSON.stringify(context)},"value":[${json}]${link}}`;
}
