import type { Fetch } from "../../src/model/context.ts";
import type { JournaledStep } from "../../src/model/journal.ts";

/** A request to Graph that changes something about contacts. */
export interface SeenWrite {
  readonly method: string;
  /** Decoded, without the version root and without a query. */
  readonly path: string;
  readonly body: unknown;
}

interface JournalGuard {
  readonly fetch: Fetch;
  /** Every write that was let through, in the order of the requests. */
  readonly writes: readonly SeenWrite[];
  /** Those of which the journal knew nothing when they came. */
  readonly unwritten: readonly SeenWrite[];
}

/**
 * Looks into the journal before a write goes on to the tenant: it has to be there by then.
 *
 * @param steps - the journal as it is on disk now
 */
export function journalGuard(fetch: Fetch, steps: () => Promise<readonly JournaledStep[]>): JournalGuard {
  const writes: SeenWrite[] = [];
  const unwritten: SeenWrite[] = [];
  return {
    writes,
    unwritten,
    async fetch(url, init) {
      const found = writesIn(url, init);
      if (found.length > 0) {
        writes.push(...found);
        unwritten.push(...uncovered(found, await steps()));
      }
      return await fetch(url, init);
    },
  };
}

/** The writes that no step of a journal stands for. Pure, so that it also fits what a tenant has kept of its requests. */
export function uncovered(
  writes: readonly SeenWrite[],
  steps: readonly JournaledStep[],
): readonly SeenWrite[] {
  return writes.filter((write) => !steps.some((step) => covers(step, write)));
}

/** The writes in one request of the wire; those of a batch each by itself. */
export function writesIn(
  url: string,
  init: Pick<Parameters<Fetch>[1], "method" | "body">,
): readonly SeenWrite[] {
  const path = pathOf(new URL(url).pathname.replace(/^\/v1\.0/, ""));
  if (path !== "/$batch")
    return isWrite(init.method, path) ? [{ method: init.method, path, body: jsonOf(init.body) }] : [];
  const { requests } = jsonOf(init.body) as {
    requests: readonly { method: string; url: string; body?: unknown }[];
  };
  return requests
    .map(({ method, url: part, body }) => ({ method, path: pathOf(part), body }))
    .filter((one) => isWrite(one.method, one.path));
}

function isWrite(method: string, path: string): boolean {
  return method !== "GET" && /\/contact(?:s|Folders)(?:\/|$)/.test(path);
}

function pathOf(url: string): string {
  return decodeURIComponent(url.split("?", 1)[0] ?? "");
}

function jsonOf(body: string | Uint8Array | undefined): unknown {
  return typeof body === "string" ? JSON.parse(body) : null;
}

function covers({ did, book }: JournaledStep, { method, path, body }: SeenWrite): boolean {
  if (!path.startsWith(`/users/${book.id}/`)) return false;
  const [, id, photo] = /\/contacts\/([^/]+)(\/photo\/\$value)?$/.exec(path) ?? [];
  if (id === undefined && path.includes("/contactFolders") && !path.endsWith("/contacts")) {
    return did.action === "folder" && did.after === textIn(body, "displayName");
  }
  switch (did.action) {
    case "folder":
      return false;
    case "create":
      return method === "POST" && id === undefined && markOf(body, "key") === did.after.marker?.key;
    case "update":
    case "adopt":
      return method === "PATCH" && did.before.id === id;
    case "delete":
      return method === "DELETE" && did.before.id === id;
    case "photo":
      return (
        did.id === id &&
        (photo === undefined ? markOf(body, "photo") === did.after.fingerprint : method === "PUT")
      );
  }
}

function markOf(body: unknown, name: string): string | undefined {
  const marks =
    (body as { singleValueExtendedProperties?: readonly { id: string; value: string }[] } | null) ?? {};
  return marks.singleValueExtendedProperties?.find(({ id }) => id.endsWith(`galops.${name}`))?.value;
}

function textIn(body: unknown, name: string): unknown {
  return (body as Readonly<Record<string, unknown>> | null)?.[name];
}
