import { invalidOperation } from "./exchange-problem.ts";
import type { ExchangeRequest } from "../wire/wire.ts";
import type { Row } from "./rows.ts";
import type { ExchangeSettings } from "../tenant/exchange-settings.ts";

/** The remaining rows of a read, as they were at its first request. */
interface Rest {
  readonly rows: readonly Row[];
  readonly select: readonly string[] | null;
  /** The body of the first request. */
  readonly body: string;
  readonly anchor: string;
  readonly until: number;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly select: readonly string[] | null;
  /** Continues the read; null at the end. */
  readonly token: string | null;
  /** Whether a warning says that there are more rows, as for requests that set a number of rows. */
  readonly saysMore: boolean;
}

export interface Asking {
  readonly body: string;
  readonly anchor: string;
  /** The cmdlet's ResultSize: Infinity for `Unlimited`, null for a cmdlet that has none. */
  readonly size: number | null;
  /** The page size that the caller asks for in the Prefer header; null when it does not. */
  readonly preferred: number | null;
  readonly now: number;
}

/** Reads in pages. */
export interface Pages {
  first(
    rows: readonly Row[],
    select: readonly string[] | null,
    asking: Asking,
    settings: ExchangeSettings,
  ): Page;
  /** @throws {ExchangeProblem} for a link from another request or another anchor, and for an expired one */
  next(token: string, asking: Asking, settings: ExchangeSettings): Page;
}

/** @param newToken - returns a new text each time */
export function pages(newToken: () => string): Pages {
  const kept = new Map<string, Rest>();

  function cut(rest: Rest, { size, preferred }: Asking, { pageSize, paging }: ExchangeSettings): Page {
    const { rows, select } = rest;
    const most = size === null ? rows.length : Math.min(pageSize, size, preferred ?? pageSize);
    if (rows.length <= most) return { rows, select, token: null, saysMore: false };
    const page = { rows: rows.slice(0, most), select, saysMore: size !== Number.POSITIVE_INFINITY };
    if (paging === "silent-cap-1000") return { ...page, token: null };
    const token = newToken();
    kept.set(token, { ...rest, rows: rows.slice(most) });
    return { ...page, token };
  }

  return {
    first(rows, select, asking, settings) {
      const { body, anchor, now } = asking;
      return cut({ rows, select, body, anchor, until: now + settings.linkLifetime }, asking, settings);
    },
    next(token, asking, settings) {
      const { body, anchor, now } = asking;
      const rest = kept.get(token);
      // The anchor selects the server; without one, each request goes to a different server.
      const isSame = rest?.body === body && rest.anchor === anchor && anchor !== "";
      if (rest === undefined || !isSame || now > rest.until || settings.paging === "nextLink-broken") {
        throw expired();
      }
      return cut({ ...rest, until: now + settings.linkLifetime }, asking, settings);
    },
  };
}

/** The page size in `Prefer: odata.maxpagesize=N`; null without it. */
export function preferredSize({ headers }: ExchangeRequest): number | null {
  const size = Number(/(?:^|[;,\s])odata\.maxpagesize=(\d+)/i.exec(headers["prefer"] ?? "")?.[1] ?? 0);
  return size > 0 ? size : null;
}

function expired(): Error {
  return invalidOperation("Expired or Invalid pagination request. Default Expiry time is 00:30:00");
}
