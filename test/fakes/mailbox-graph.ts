import { GraphError } from "../../src/http/graph/graph.ts";
import type { BatchAnswer, GraphClient, GraphGet, GraphWrite } from "../../src/http/graph/graph.ts";

/** An item of a mailbox as it is kept: its properties by Graph's names, and the folder that it is in. */
interface Item {
  readonly id: string;
  readonly folder: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly marks: ReadonlyMap<string, string>;
}

type Body = Readonly<Record<string, unknown>>;
type Asked = { readonly method: string; readonly url: string };
type Mark = { readonly id: string; readonly value: string };

/** One mailbox behind the client's interface, as far as contacts and their folders go. */
export interface MailboxGraph extends GraphClient {
  contacts(): readonly Item[];
  /** As copy and paste in Outlook: a new item with the same properties and marks. */
  copy(id: string): void;
  /** As drag and drop in Outlook: its id stays. */
  move(id: string, folder: string | null): void;
  /** The same with a folder. */
  drag(id: string, parent: string | null): void;
}

export interface Pages {
  /** Most items of a page, whatever is asked for; 500 when left out. */
  readonly size?: number;
  /** Whether the first page of a collection has nothing but a link to the next one, as Graph's may. */
  readonly emptyFirst?: boolean;
}

export function mailboxGraph({ size = 500, emptyFirst = false }: Pages = {}): MailboxGraph {
  const contacts = new Map<string, Item>();
  const folders = new Map<string, Item>();
  let serial = 1000;

  function put(items: Map<string, Item>, old: Item, body: Body): Body {
    const { singleValueExtendedProperties: marks = [], ...changed } = body;
    const added = (marks as readonly Mark[]).map(({ id, value }) => [id, value] as const);
    const properties = { ...old.properties, ...changed, changeKey: `v${serial++}` };
    const item = { ...old, properties, marks: new Map([...old.marks, ...added]) };
    items.set(item.id, item);
    return { ...properties, id: item.id };
  }

  function create(items: Map<string, Item>, folder: string | null, body: Body): Body {
    const id = `id=${serial++}`;
    const generated = {
      displayName: body["givenName"],
      fileAs: "generated",
      createdDateTime: `2026-${serial}`,
    };
    return put(items, { id, folder, properties: generated, marks: new Map() }, body);
  }

  function listed({ url }: GraphGet): readonly Body[] {
    const query = new URL(url, "https://graph.invalid").searchParams;
    const path = pathOf(url);
    const folder = path.length === 5 ? (path[3] ?? "") : null;
    if (folder !== null && !folders.has(folder))
      throw refused({ method: "GET", url }, 404, "ErrorItemNotFound");
    const items = path.at(-1) === "contacts" ? contacts : folders;
    return [...items.values()]
      .filter((item) => item.folder === folder)
      .filter((item) => fits(item, query.get("$filter")))
      .map((item) => shown(item, query));
  }

  function pagesOf<I>(items: readonly I[]): readonly (readonly I[])[] {
    const pages: (readonly I[])[] = emptyFirst ? [[]] : [];
    for (let at = 0; at === 0 || at < items.length; at += size) pages.push(items.slice(at, at + size));
    return pages;
  }

  function found({ url }: GraphGet): Body {
    const path = pathOf(url);
    if (path.at(-1) === "contacts" || path.at(-1) === "childFolders") {
      const [first = [], ...more] = pagesOf(listed({ url, lane: "directory" }));
      return {
        value: first,
        ...(more.length > 0 ? { "@odata.nextLink": `https://graph.invalid${url}&more` } : {}),
      };
    }
    const item = contacts.get(path.at(-1) ?? "");
    if (item === undefined) throw refused({ method: "GET", url }, 404, "ErrorItemNotFound");
    return shown(item, new URL(url, "https://graph.invalid").searchParams);
  }

  function write(request: GraphWrite): Body {
    const path = pathOf(request.url);
    const body = (request.body ?? {}) as Body; // what the target under test writes is an object or bytes
    const inFolders = path[2] === "contactFolders" && path.length < 5;
    if (request.method === "POST") {
      if (inFolders) return nameFolder(request, body, () => create(folders, null, body));
      if (!body["givenName"]) throw refused(request, 400, "ErrorInvalidProperty");
      const folder = path.length === 5 ? (path[3] ?? "") : null;
      if (folder !== null && !folders.has(folder)) throw refused(request, 404, "ErrorItemNotFound");
      return create(contacts, folder, body);
    }
    const items = inFolders ? folders : contacts;
    const id = path[3] ?? "";
    const item = items.get(id);
    if (item === undefined) throw refused(request, 404, "ErrorItemNotFound");
    if (request.method === "PUT") return put(contacts, item, {});
    if (request.method === "PATCH")
      return nameFolder(request, body, () => put(items, item, recomposed(body)));
    items.delete(id);
    return {};
  }

  function nameFolder(request: GraphWrite, body: Body, then: () => Body): Body {
    const [, , kind, self] = pathOf(request.url);
    const isFolder = kind === "contactFolders";
    const taken = [...folders.values()].some(
      ({ id, properties }) => id !== self && properties["displayName"] === body["displayName"],
    );
    if (isFolder && taken) throw refused(request, 409, "ErrorFolderExists");
    return then();
  }

  return {
    contacts: () => [...contacts.values()],
    copy(id) {
      const item = contacts.get(id);
      if (item !== undefined) put(contacts, { ...item, id: `copy of ${id}` }, { createdDateTime: "2027" });
    },
    move(id, folder) {
      const item = contacts.get(id);
      if (item !== undefined) put(contacts, { ...item, folder }, {});
    },
    drag(id, parent) {
      const item = folders.get(id);
      if (item !== undefined) folders.set(id, { ...item, folder: parent });
    },
    async get<B>(request: GraphGet, signal: AbortSignal) {
      signal.throwIfAborted();
      return found(request) as B; // as asked for
    },
    getBytes: () => Promise.reject(new Error("There are no bytes.")),
    async *pages<I>(request: GraphGet, signal: AbortSignal) {
      signal.throwIfAborted();
      yield* pagesOf(listed(request) as readonly I[]); // as asked for
    },
    async getAll<B>(requests: readonly GraphGet[], signal: AbortSignal) {
      signal.throwIfAborted();
      return requests.map((request) => answer<B>(() => found(request)));
    },
    async send<B>(request: GraphWrite, signal: AbortSignal) {
      signal.throwIfAborted();
      return { body: write(request) as B, requestId: "request-1" }; // as asked for
    },
    async sendAll<B>(requests: readonly GraphWrite[], signal: AbortSignal) {
      signal.throwIfAborted();
      if (requests.length > 20) throw new Error("More than one batch at a time cannot be interrupted.");
      return requests.map((request) => answer<B>(() => write(request)));
    },
  };
}

function pathOf(url: string): readonly string[] {
  return new URL(url, "https://graph.invalid").pathname.slice(1).split("/").map(decodeURIComponent);
}

/** What Exchange does to names of which a part is written. */
function recomposed(body: Body): Body {
  const isPart = ["givenName", "surname", "title"].some((part) => Object.hasOwn(body, part));
  return isPart ? { displayName: "composed", fileAs: "composed", ...body } : body;
}

/** The one kind of filter that a target asks for: the value of a mark, whatever its case. */
function fits({ marks }: Item, filter: string | null): boolean {
  if (filter === null) return true;
  const [, id = "", value = ""] = /ep\/id eq '([^']+)' and ep\/value eq '((?:[^']|'')*)'/.exec(filter) ?? [];
  return marks.get(id)?.toLowerCase() === value.replaceAll("''", "'").toLowerCase();
}

function shown({ id, properties, marks }: Item, query: URLSearchParams): Body {
  const selected = query.get("$select")?.split(",") ?? [];
  const entries = selected
    .filter((name) => Object.hasOwn(properties, name))
    .map((name) => [name, properties[name]]);
  const expanded = [...marks].map(([mark, value]) => ({ id: mark, value }));
  const isExpanded = query.has("$expand") && expanded.length > 0;
  return {
    ...Object.fromEntries(entries),
    id,
    ...(isExpanded ? { singleValueExtendedProperties: expanded } : {}),
  };
}

function refused({ method, url }: Asked, status: number, code: string): GraphError {
  const message = "Graph says no.";
  return new GraphError({
    method,
    path: url,
    status,
    code,
    message,
    requestId: "request-1",
    outcome: "refused",
  });
}

function answer<B>(act: () => Body): BatchAnswer<B> {
  try {
    return { ok: true, status: 200, body: act() as B, requestId: "request-1" }; // as asked for
  } catch (error) {
    if (error instanceof GraphError) return { ok: false, error };
    throw error;
  }
}
