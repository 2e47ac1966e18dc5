/** A filter that is not valid OPATH. */
export class OpathError extends Error {
  override readonly name = "OpathError";
}

export type Operand = string | number | boolean | null;

export type Token =
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "value"; readonly value: Operand }
  | { readonly kind: "(" | ")" | "end" };

const patterns = {
  space: /\s+/y,
  text: /'(?:[^']|'')*'/y,
  operator: /-[a-z]+(?![\w-])/iy,
  constant: /\$(?:true|false|null)(?!\w)/iy,
  number: /-?\d+(?:\.\d+)?(?![\w.])/y,
  name: /[a-z_]\w*/iy,
  parenthesis: /[()]/y,
};

/** @throws {OpathError} */
export function tokenize(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const [kind, found] = wordAt(filter, at);
    at += found.length;
    if (kind !== "space") tokens.push(toToken(kind, found));
  }
  return [...tokens, { kind: "end" }];
}

function wordAt(filter: string, at: number): readonly [keyof typeof patterns, string] {
  for (const kind of Object.keys(patterns) as (keyof typeof patterns)[]) {
    patterns[kind].lastIndex = at;
    const found = patterns[kind].exec(filter)?.[0];
    if (found !== undefined) return [kind, found];
  }
  throw new OpathError(
    `"Invalid filter syntax. For a description of the filter parameter syntax see the command help. "${filter}" at position ${at + 1}."`,
  );
}

function toToken(kind: keyof typeof patterns, found: string): Token {
  switch (kind) {
    case "text":
      return { kind: "value", value: found.slice(1, -1).replaceAll("''", "'") };
    case "constant":
      return { kind: "value", value: constants[found.toLowerCase()] ?? null };
    case "number":
      return { kind: "value", value: Number(found) };
    case "operator":
      return { kind: "operator", text: found.toLowerCase() };
    case "parenthesis":
      return { kind: found === "(" ? "(" : ")" };
    case "name":
    case "space":
      return { kind: "name", text: found };
  }
}

const constants: Readonly<Record<string, boolean>> = { $true: true, $false: false };
