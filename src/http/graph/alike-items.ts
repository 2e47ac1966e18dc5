import { createAlikeStore } from "./alike-store.ts";
import type { Members } from "./alike-store.ts";
import { frameOf } from "./page-frame.ts";

/**
 * An item of a page: its own members, and all others in `common`, one object that is shared by all items with the same
 * members. The etag is left out: it repeats the change key.
 */
export interface AlikeItem {
  readonly id: string;
  readonly createdDateTime?: string | undefined;
  readonly lastModifiedDateTime?: string | undefined;
  readonly changeKey?: string | undefined;
  readonly common: Members;
}

/**
 * Reads the body of a page.
 *
 * @returns null when the page is not written as expected, so that it must be parsed as any other JSON
 */
export type ReadBody = (bytes: ArrayBuffer) => unknown;

/** Members that differ between any two items. The service writes them first. */
const ownNames = ["@odata.etag", "id", "createdDateTime", "lastModifiedDateTime", "changeKey"] as const;

const between = Buffer.from('},{"@odata.etag":');
const text = String.raw`"((?:[^"\\\x00-\x1f\x80-\xff])*)"`;
const etag = String.raw`"@odata\.etag":"(?:[^"\\\x00-\x1f\x80-\xff]|\\["\\/])*"`;
// The service's own order, or the order of `$select`.
const ownMembers = new RegExp(
  String.raw`^\{${etag},"id":${text},(?:"createdDateTime":${text},)?(?:"lastModifiedDateTime":${text},)?` +
    String.raw`(?:"changeKey":${text},)?(?:"createdDateTime":${text},)?`,
);
/** In bytes; an id has about 150. */
const longestOwn = 1_000;

/**
 * Creates a reader for pages whose items repeat except for their own members: a directory that is in every mailbox has
 * each contact parsed once. Parsing is most of the cost of reading a mailbox.
 *
 * JSON is never guessed at: head, tail and the beginning of each item are matched in full, the rest is parsed when
 * first seen, and anything unexpected leaves the whole page to the JSON parser.
 */
export function createAlikeReader(): ReadBody {
  const store = createAlikeStore(membersOf);
  return (body) => {
    if (store.isOff()) return null;
    const bytes = Buffer.from(body);
    const frame = frameOf(bytes);
    if (frame === null) return null;
    const { envelope, from, to } = frame;
    const items: AlikeItem[] = [];
    for (let at = from; at < to;) {
      const own = ownMembers.exec(bytes.toString("latin1", at, Math.min(at + longestOwn, to)));
      if (own === null) return null;
      const rest = at + own[0].length;
      const expected = store.expected(bytes, rest, to);
      const end = expected === null ? endOf(bytes, rest, to) : rest + expected.bytes.length;
      const common = expected?.members ?? store.find(bytes, rest, end);
      if (common === null) return null;
      const [, id = "", first, lastModifiedDateTime, changeKey, createdDateTime = first] = own;
      items.push({ id, createdDateTime, lastModifiedDateTime, changeKey, common });
      at = end + "},".length;
    }
    store.judge(!("@odata.nextLink" in envelope));
    return { ...envelope, value: items };
  };
}

/** The position of the brace that closes the item; `to` for the last item. */
function endOf(bytes: Buffer, from: number, to: number): number {
  const end = bytes.indexOf(between, from);
  return end === -1 || end > to ? to : end;
}

/** Rejects damaged UTF-8; see transport.ts. */
const strictly = new TextDecoder("utf-8", { fatal: true });

/**
 * Parses the members of an object, given without its braces.
 *
 * @returns null when they are not valid JSON, or repeat a member that belongs to the beginning of an item
 */
function membersOf(bytes: Uint8Array): Members | null {
  try {
    // The braces make sure that it is an object or fails.
    const members = JSON.parse(`{${strictly.decode(bytes)}}`) as Members;
    return ownNames.some((name) => Object.hasOwn(members, name)) ? null : members;
  } catch {
    return null;
  }
}
