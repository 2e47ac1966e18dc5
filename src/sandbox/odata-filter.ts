/**
 * The part of OData's $filter that Graph supports on users, groups and contacts.
 *
 * @see https://learn.microsoft.com/graph/filter-query-parameter
 */

export interface Filter {
  readonly matches: (item: unknown) => boolean;
  /** Whether Graph asks for `ConsistencyLevel: eventual` and `$count=true`: ne, not, endswith, /$count. */
  readonly advanced: boolean;
}

export class FilterError extends Error {
  override readonly name = "FilterError";
}

type Scope = Readonly<Record<string, unknown>>;
type Condition = (scope: Scope) => boolean;
type Operand = (scope: Scope) => unknown;

const tokens = /\s*(?:('(?:[^']|'')*')|([A-Za-z_$][\w$]*(?:\/[A-Za-z_$][\w$]*)*)|(-?\d+)|([(),:]))/y;

/** @throws {FilterError} for what Graph would refuse as an invalid filter clause */
export function parseFilter(text: string): Filter {
  const words = tokenize(text);
  let at = 0;
  let advanced = false;
  const peek = (): string => words[at] ?? "";
  const take = (expected?: string): string => {
    const word = words[at++] ?? "";
    if (word === "" || (expected !== undefined && word.toLowerCase() !== expected)) {
      throw new FilterError(`Invalid filter clause at '${word}'.`);
    }
    return word;
  };
  const or = (): Condition => {
    let left = and();
    while (peek() === "or") {
      take();
      const [one, other] = [left, and()];
      left = (scope) => one(scope) || other(scope);
    }
    return left;
  };
  const and = (): Condition => {
    let left = term();
    while (peek() === "and") {
      take();
      const [one, other] = [left, term()];
      left = (scope) => one(scope) && other(scope);
    }
    return left;
  };
  const term = (): Condition => {
    if (peek() === "(") {
      take("(");
      const inner = or();
      take(")");
      return inner;
    }
    if (peek() === "not") {
      take();
      advanced = true;
      const inner = term();
      return (scope) => !inner(scope);
    }
    const name = take();
    if (peek() === "(") return call(name);
    const operator = take().toLowerCase();
    const left = operand(name);
    if (name.endsWith("$count") || operator === "ne") advanced = true;
    if (operator === "in") return isIn(left);
    const right = operand(take());
    const compare = comparisons[operator];
    if (compare === undefined) throw new FilterError(`Unsupported operator '${operator}'.`);
    return (scope) => compare(left(scope), right(scope));
  };
  const call = (name: string): Condition => {
    take("(");
    const lambda = /^(.+)\/any$/i.exec(name)?.[1];
    if (lambda !== undefined) {
      const variable = take();
      take(":");
      const inner = or();
      take(")");
      const items = operand(lambda);
      return (scope) => [items(scope) ?? []].flat().some((item) => inner({ ...scope, [variable]: item }));
    }
    const test = textTests[name.toLowerCase()];
    if (test === undefined) throw new FilterError(`Unsupported function '${name}'.`);
    if (name.toLowerCase() === "endswith") advanced = true;
    const subject = operand(take());
    take(",");
    const part = operand(take());
    take(")");
    return (scope) => test(lower(subject(scope)), lower(part(scope)));
  };
  const isIn = (left: Operand): Condition => {
    take("(");
    const options = [operand(take())];
    while (peek() === ",") {
      take();
      options.push(operand(take()));
    }
    take(")");
    return (scope) => options.some((option) => isEqual(left(scope), option(scope)));
  };
  const condition = or();
  if (at < words.length) throw new FilterError(`Invalid filter clause at '${peek()}'.`);
  // A function of the item's own properties: the item is the outermost scope.
  return { matches: (item) => condition(item as Scope), advanced };
}

function tokenize(text: string): readonly string[] {
  const words: string[] = [];
  tokens.lastIndex = 0;
  while (text.slice(tokens.lastIndex).trim() !== "") {
    const match = tokens.exec(text);
    if (match === null) throw new FilterError("There is an unterminated or unknown token in the filter.");
    words.push(match[0].trim());
  }
  return words;
}

function operand(word: string): Operand {
  if (word.startsWith("'")) {
    const value = word.slice(1, -1).replaceAll("''", "'");
    return () => value;
  }
  if (/^-?\d/.test(word)) return () => Number(word);
  if (word === "true" || word === "false") return () => word === "true";
  if (word === "null") return () => null;
  const steps = word.split("/");
  return (scope) => steps.reduce<unknown>(step, scope);
}

function step(value: unknown, name: string): unknown {
  if (name === "$count") return Array.isArray(value) ? value.length : 0;
  return typeof value === "object" && value !== null ? (value as Scope)[name] : undefined;
}

function lower(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}

/** Graph compares text without regard to case. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one === "string" && typeof other === "string") return lower(one) === lower(other);
  return (one ?? null) === (other ?? null);
}

const comparisons: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  eq: isEqual,
  ne: (one, other) => !isEqual(one, other),
  gt: (one, other) => Number(one) > Number(other),
  ge: (one, other) => Number(one) >= Number(other),
  lt: (one, other) => Number(one) < Number(other),
  le: (one, other) => Number(one) <= Number(other),
};

const textTests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};
