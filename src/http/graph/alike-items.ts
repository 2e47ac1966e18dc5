/**
 * An item of a page: what is its own (`ownNames`), and everything else that it says, which is one object for all items
 * that say the same.
 */
export interface AlikeItem {
  readonly common: Readonly<Record<string, unknown>>;
  readonly [own: string]: unknown;
}

/** Reads the body of a page; null where it is not written as expected, so that it has to be parsed as any other JSON. */
export type ReadBody = (bytes: ArrayBuffer) => unknown;

/** What no two items of the service have alike. It names them first. */
const ownNames = ["@odata.etag", "id", "createdDateTime", "lastModifiedDateTime", "changeKey"] as const;

/** In bytes, without what they were parsed to: some 10,000 contacts. */
const most = 24_000_000;

const between = '},{"@odata.etag":';
const text = String.raw`"(?:[^"\\\x00-\x1f\x80-\xff]|\\.)*"`;
const head = new RegExp(
  String.raw`\{(?:"@odata\.[a-zA-Z.]+":(?:${text}|\d+),)*"value":\[(?=\{"@odata\.etag":)`,
  "y",
);
const tail = new RegExp(String.raw`^\}\](?:,"@odata\.[a-zA-Z.]+":(?:${text}|\d+))*\}$`);
const longestTail = 20_000;
const ownMembers = new RegExp(
  String.raw`\{(?:"(?:${ownNames.map((name) => name.replace(".", String.raw`\.`)).join("|")})":(?:${text}|null),)+`,
  "y",
);

/**
 * A reader of pages whose items come again and again, but for what is their own: of a directory that is in every mailbox
 * each contact is parsed once. Parsing is most of what reading a mailbox costs.
 *
 * JSON is never guessed at: head, tail and the beginning of each item are matched in full, what is between them is parsed
 * when it is first seen, and anything unexpected leaves the whole page to the parser.
 */
export function createAlikeReader(): ReadBody {
  const known = new Map<string, Known>();
  let entries: Known[] = [];
  let bytesKept = 0;
  let isFull = false;
  /** Since it is full. */
  let since = { ...nothingYet };
  /** What comes next if this mailbox has the same order as the one before. */
  let expected = 0;
  /** Whether what was kept before this brought nothing. */
  let isLastTry = false;
  let isOff = false;

  function keep(rest: Buffer, common: AlikeItem["common"]): void {
    const size = 2 * rest.length;
    // What fits is kept: a mailbox alone may hold more, and the next one has the same.
    if (!isFull && bytesKept + size > most) [isFull, since] = [true, { ...nothingYet }];
    if (isFull) return;
    // Texts of their own; parts of the page's would keep the page.
    const entry = { bytes: Buffer.from(rest), common, at: entries.length };
    known.set(rest.toString("latin1"), entry);
    entries.push(entry);
    bytesKept += size;
  }

  /** Whether it was worth it; asked when others than the mailbox that filled it have been read. */
  function judge({ envelope }: Page): void {
    if (!isFull) return;
    const isLastPage = !("@odata.nextLink" in envelope);
    if (isLastPage) since.mailboxes++;
    // What filled it says nothing: its own items come once.
    if (isLastPage && since.mailboxes === 1) since = { ...nothingYet, mailboxes: 1 };
    if (since.mailboxes < 2 || since.items < known.size) return;
    const isWorth = since.found * 10 >= since.items;
    since = { ...nothingYet };
    if (isWorth) {
      isLastTry = false;
      return;
    }
    isOff = isLastTry;
    isLastTry = true;
    known.clear();
    entries = [];
    [bytesKept, isFull, expected] = [0, false, 0];
  }

  function find(page: Page, from: number, to: number): Known | undefined {
    const guess = entries[expected];
    const length = to - from;
    const isRight =
      guess?.bytes.length === length && page.bytes.compare(guess.bytes, 0, length, from, to) === 0;
    return isRight ? guess : known.get(page.text.slice(from, to));
  }

  function commonOf(page: Page, from: number, to: number): AlikeItem["common"] | null {
    const again = find(page, from, to);
    since.items++;
    if (again !== undefined) {
      since.found++;
      expected = again.at + 1;
      return again.common;
    }
    const rest = page.bytes.subarray(from, to);
    const common = parsedMembers(rest);
    if (common !== null) keep(rest, common);
    return common;
  }

  return (arrayBuffer) => {
    if (isOff) return null;
    const bytes = Buffer.from(arrayBuffer);
    const page = pageOf(bytes, bytes.toString("latin1"));
    if (page === null) return null;
    const items: AlikeItem[] = [];
    for (let at = page.from; at < page.to;) {
      const next = page.text.indexOf(between, at);
      const end = next === -1 || next > page.to ? page.to : next;
      ownMembers.lastIndex = at;
      const own = ownMembers.exec(page.text)?.[0];
      if (own === undefined) return null;
      const item = parsed(`${own.slice(0, -1)}}`);
      const common = commonOf(page, at + own.length, end);
      if (item === null || common === null) return null;
      items.push(Object.assign(item, { common }));
      at = end + "},".length;
    }
    judge(page);
    return { ...page.envelope, value: items };
  };
}

/** Items read, those of them that were known, and mailboxes read to their end. */
const nothingYet = { items: 0, found: 0, mailboxes: 0 };

interface Known {
  readonly bytes: Buffer;
  readonly common: AlikeItem["common"];
  readonly at: number;
}

interface Page {
  readonly bytes: Buffer;
  /** Byte by byte, so that places in it are places in the bytes. */
  readonly text: string;
  /** What the page says besides its items. */
  readonly envelope: object;
  /** The brace that opens the first item. */
  readonly from: number;
  /** The brace that closes the last. */
  readonly to: number;
}

function pageOf(bytes: Buffer, page: string): Page | null {
  head.lastIndex = 0;
  const opening = head.exec(page)?.[0];
  if (opening === undefined) return null;
  // Between quotes there is no quote, so that this is found nowhere else than where an array of objects ends.
  const to = Math.max(
    page.endsWith("}]}") ? page.length - "}]}".length : -1,
    page.lastIndexOf('}],"@odata.'),
  );
  if (to < opening.length || page.length - to > longestTail) return null;
  const closing = page.slice(to);
  if (!tail.test(closing)) return null;
  const envelope = parsed(`${opening}${closing.slice(1)}`);
  return envelope === null ? null : { bytes, text: page, envelope, from: opening.length, to };
}

/** Damaged text is no answer; see transport.ts. */
const strictly = new TextDecoder("utf-8", { fatal: true });

/** The members of an object, without its braces; null for what is none, or says what only the beginning may say. */
function parsedMembers(members: Buffer): AlikeItem["common"] | null {
  const object = parsed(members);
  return object === null || ownNames.some((name) => Object.hasOwn(object, name)) ? null : object;
}

/** An object by its text, or by its members alone; null for what is none. */
function parsed(json: string | Buffer): Record<string, unknown> | null {
  try {
    // Braces are around both, so that it is an object or nothing.
    return JSON.parse(typeof json === "string" ? json : `{${strictly.decode(json)}}`) as Record<
      string,
      unknown
    >;
  } catch {
    return null;
  }
}
