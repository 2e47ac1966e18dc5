/** The members of an object. */
export type Members = Readonly<Record<string, unknown>>;

/** Cache of parsed members, keyed by the bytes that they were parsed from. */
export interface AlikeStore {
  /**
   * The next entry in the order of the mailbox before, if its bytes are at `from`, followed by a brace; null otherwise.
   */
  expected(bytes: Buffer, from: number, to: number): Kept | null;
  /** The members between `from` and `to`, parsed when first seen; null when they cannot be parsed. */
  find(bytes: Buffer, from: number, to: number): Members | null;
  /** Reviews whether the cache is worth its cost; call it after each page. */
  judge(isLastPage: boolean): void;
  /** Whether the cache was given up because items do not repeat. */
  isOff(): boolean;
}

export interface Kept {
  readonly bytes: Buffer;
  readonly members: Members;
  readonly at: number;
}

/** In bytes, without the parsed members: about 10,000 contacts. */
const most = 24_000_000;

const closingBrace = "}".charCodeAt(0);

/** Counts of items read, of those found in the cache, and of mailboxes read to the end. */
const nothingYet = { items: 0, found: 0, mailboxes: 0 };

export function createAlikeStore(parse: (bytes: Buffer) => Members | null): AlikeStore {
  const known = new Map<string, Kept>();
  let entries: Kept[] = [];
  let bytesKept = 0;
  let isFull = false;
  /** Counted since the cache became full. */
  let since = { ...nothingYet };
  let expected = 0;
  /** Whether the contents before these were already not worth keeping. */
  let isLastTry = false;
  let isOff = false;

  function keep(rest: Buffer, name: string, members: Members): void {
    const size = 2 * rest.length;
    // Entries that fit are kept: a single mailbox may exceed the limit, and the next one has the same items.
    if (!isFull && bytesKept + size > most) [isFull, since] = [true, { ...nothingYet }];
    if (isFull) return;
    // A copy: a view would keep the whole page in memory.
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
      // A closing brace after them proves that these are all members of the object.
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
      // The mailbox that filled the cache does not count: its own items occur once.
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
