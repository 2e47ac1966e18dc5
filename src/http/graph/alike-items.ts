import { createAlikeStore } from "./alike-store.ts";
import type { Members } from "./alike-store.ts";
import { frameOf } from "./page-frame.ts";

/**
 * An item of a page: what is its own, and everything else that it says, which is one object for all items that say the
 * same. Its etag is left out: it is the change key once more.
 */
export interface AlikeItem {
  readonly id: string;
  readonly createdDateTime?: string | undefined;
  readonly lastModifiedDateTime?: string | undefined;
  readonly changeKey?: string | undefined;
  readonly common: Members;
}

/** Reads the body of a page; null where it is not written as expected, so that it has to be parsed as any other JSON. */
export type ReadBody = (bytes: ArrayBuffer) => unknown;

/** What no two items of the service have alike. It names them first. */
const ownNames = ["@odata.etag", "id", "createdDateTime", "lastModifiedDateTime", "changeKey"] as const;

const between = Buffer.from('},{"@odata.etag":');
const text = String.raw`"((?:[^"\\\x00-\x1f\x80-\xff])*)"`;
const etag = String.raw`"@odata\.etag":"(?:[^"\\\x00-\x1f\x80-\xff]|\\["\\/])*"`;
// The order of the service, or the one that was asked for.
const ownMembers = new RegExp(
  String.raw`^\{${etag},"id":${text},(?:"createdDateTime":${text},)?(?:"lastModifiedDateTime":${text},)?` +
    String.raw`(?:"changeKey":${text},)?(?:"createdDateTime":${text},)?`,
);
/** In bytes; an id has some 150. */
const longestOwn = 1_000;

/**
 * A reader of pages whose items come again and again, but for what is their own: of a directory that is in every mailbox
 * each contact is parsed once. Parsing is most of what reading a mailbox costs.
 *
 * JSON is never guessed at: head, tail and the beginning of each item are matched in full, what is between them is parsed
 * when it is first seen, and anything unexpected leaves the whole page to the parser.
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

/** The brace that closes the item; `to` where no further one follows. */
function endOf(bytes: Buffer, from: number, to: number): number {
  const end = bytes.indexOf(between, from);
  return end === -1 || end > to ? to : end;
}

/** Damaged text is no answer; see transport.ts. */
const strictly = new TextDecoder("utf-8", { fatal: true });

/** The members of an object, without its braces; null for what is none, or says what only the beginning may say. */
function membersOf(bytes: Uint8Array): Members | null {
  try {
    // Braces are around it, so that it is an object or nothing.
    const members = JSON.parse(`{${strictly.decode(bytes)}}`) as Members;
    return ownNames.some((name) => Object.hasOwn(members, name)) ? null : members;
  } catch {
    return null;
  }
}
