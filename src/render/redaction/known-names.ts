/** Names of people that were met on the way, to be found again in free text. */
export interface KnownNames {
  /** @param key - of the person, by whom the name is replaced */
  learn(name: string, key: string): void;
  /**
   * The text with each of these names (the longest where one begins another) replaced where it stands as whole words.
   *
   * @param by - what to write for a name; its key is null when only this text has the name
   */
  replaced(text: string, more: readonly string[], by: (name: string, key: string | null) => string): string;
}

interface Name {
  readonly name: string;
  readonly key: string | null;
}

export function createKnownNames(): KnownNames {
  const byFirstWord = new Map<string, Name[]>();
  const known = new Set<string>();
  return {
    learn(name, key) {
      if (known.has(name)) return;
      known.add(name);
      enter(byFirstWord, { name, key });
    },
    replaced(text, more, by) {
      const here = new Map<string, Name[]>();
      for (const name of more) enter(here, { name, key: null });
      let result = "";
      let end = 0;
      for (const { 0: word, index } of text.matchAll(words)) {
        if (index < end) continue;
        const candidates = [...(byFirstWord.get(word) ?? []), ...(here.get(word) ?? [])];
        const found = longest(candidates.filter(({ name }) => standsAt(text, name, index)));
        if (found === null) continue;
        const start = index - offsetOf(found.name);
        const written = by(found.name, found.key);
        result += text.slice(end, start) + written;
        end = start + found.name.length;
        // Initials end with the full stop of their sentence.
        if (written.endsWith(".") && text[end] === ".") end++;
      }
      return result + text.slice(end);
    },
  };
}

const words = /[\p{L}\p{N}]+/gu;

function enter(index: Map<string, Name[]>, name: Name): void {
  const [first] = name.name.match(words) ?? [];
  if (first === undefined) return;
  const names = index.get(first);
  if (names === undefined) index.set(first, [name]);
  else names.push(name);
}

/** Where the first word of a name begins in it: brackets or quotes may stand before. */
function offsetOf(name: string): number {
  return Math.max(0, name.search(/[\p{L}\p{N}]/u));
}

function standsAt(text: string, name: string, index: number): boolean {
  const start = index - offsetOf(name);
  if (start < 0 || !text.startsWith(name, start)) return false;
  return !/^[\p{L}\p{N}]/u.test(text.slice(start + name.length, start + name.length + 2));
}

function longest(names: readonly Name[]): Name | null {
  return names.reduce<Name | null>(
    (best, name) => (best !== null && best.name.length >= name.name.length ? best : name),
    null,
  );
}
