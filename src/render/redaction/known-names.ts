/** Names of people seen so far, to be found in free text. */
export interface KnownNames {
  /** @param key - key of the person, passed to the replacement function */
  learn(name: string, key: string): void;
  /**
   * Replaces all known names that occur as whole words; the longest match wins.
   *
   * @param by - gives the replacement for a name; the key is null for a name in `more` that is not known
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
        // When the replacement ends in a period, drop the one that follows.
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

/** Offset of the first word in a name, which brackets or quotes may precede. */
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
