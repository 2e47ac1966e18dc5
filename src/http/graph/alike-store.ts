/** The members of an object. */
export type Members = Readonly<Record<string, unknown>>;

/** What was parsed before, by the bytes that it was parsed from. */
export interface AlikeStore {
  /** What comes next if this mailbox has the same order as the one before, where it stands here, before a brace. */
  expected(bytes: Buffer, from: number, to: number): Kept | null;
  /** What stands here, parsed when it is first seen; null for what cannot be. */
  find(bytes: Buffer, from: number, to: number): Members | null;
  /** Whether it is worth it; to be asked after each page. */
  judge(isLastPage: boolean): void;
  /** Whether it was not: nothing comes again. */
  isOff(): boolean;
}

export interface Kept {
  readonly bytes: Buffer;
  readonly members: Members;
  readonly at: number;
}

/** In bytes, without what they were parsed to: some 10,000 contacts. */
const most = 24_000_000;

const closingBrace = "}".charCodeAt(0);

/** Items read, those of them that were known, and mailboxes read to their end. */
const nothingYet = { items: 0, found: 0, mailboxes: 0 };

export function createAlikeStore(parse: (bytes: Buffer) => Members | null): AlikeStore {
  const known = new Map<string, Kept>();
  let entries: Kept[] = [];
  let bytesKept = 0;
  let isFull = false;
  /** Since it is full. */
  let since = { ...nothingYet };
  let expected = 0;
  /** Whether what was kept before this brought nothing. */
  let isLastTry = false;
  let isOff = false;

  function keep(rest: Buffer, name: string, members: Members): void {
    const size = 2 * rest.length;
    // What fits is kept: a mailbox alone may hold more, and the next one has the same.
    if (!isFull && bytesKept + size > most) [isFull, since] = [true, { ...nothingYet }];
    if (isFull) return;
    // Bytes of its own; a part of the page's would keep the page.
    const entry = { bytes: Buffer.from(rest), members, at: entries.length };
    known.set(name, entry);
    entries.push(entry);
    bytesKept += size;
  }

  function found(entry: Kept): Kept {
    since.items++;
    since.found++;
    expected = entry.at + 1;
    return entry;
  }

  return {
    isOff: () => isOff,
    expected(bytes, from, to) {
      const guess = entries[expected];
      if (guess === undefined) return null;
      const { length } = guess.bytes;
      const end = from + length;
      // All members of an object: a brace behind them closes it.
      const isRight =
        end <= to && bytes[end] === closingBrace && bytes.compare(guess.bytes, 0, length, from, end) === 0;
      return isRight ? found(guess) : null;
    },
    find(bytes, from, to) {
      const name = bytes.toString("latin1", from, to);
      const again = known.get(name);
      if (again !== undefined) return found(again).members;
      since.items++;
      const rest = bytes.subarray(from, to);
      const members = parse(rest);
      if (members !== null) keep(rest, name, members);
      return members;
    },
    judge(isLastPage) {
      if (!isFull) return;
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
    },
  };
}
