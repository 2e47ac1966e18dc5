import type { GraphClient } from "../../../src/http/graph/graph.ts";
import type { SyncPolicy } from "../../../src/model/config.ts";
import { toProperties } from "../../../src/targets/mailbox-contacts/fields/convert.ts";
import { contactPath } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/write/writer.ts";
import { everyPersonalField } from "../../contract/every-personal-field.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { mailboxGraph } from "../../fakes/mailbox-graph.ts";
import type { MailboxGraph, Pages } from "../../fakes/mailbox-graph.ts";
import { bookRef, owner, syncConfig, targetConfig, tenantId } from "./world.ts";

const signal = new AbortController().signal;
const lane = "mailbox:ann";

/** A mailbox whose user has a Bo Li of his own in two folders, who looks just like one of ours. */
export async function openMailbox(
  folder: string | null,
  pages: Pages = {},
): Promise<{ graph: MailboxGraph; world: TargetWorld }> {
  const graph = mailboxGraph(pages);
  const post = (url: string, body: object) =>
    graph.send<{ id: string }>({ method: "POST", url, lane, body }, signal);
  const mine = await post("/users/ann/contactFolders", { displayName: "Mine" });
  const bo = {
    givenName: "Bo",
    surname: "Li",
    displayName: "Bo Li",
    emailAddresses: [{ address: "bo@contoso.com" }],
  };
  await post("/users/ann/contacts", bo);
  await post(`/users/ann/contactFolders/${mine.body.id}/contacts`, bo);
  return { graph, world: worldOver(graph, folder) };
}

/** The mailbox as a config sees it that names this folder. */
export function worldOver(
  graph: GraphClient & Pick<MailboxGraph, "contacts" | "copy">,
  folder: string | null,
  policy: SyncPolicy = "sync",
  who = owner,
): TargetWorld {
  const book = bookRef(folder);
  const writer = mailboxContactsWriter(
    { ...syncConfig(targetConfig({}, folder)), policy, owner: who },
    { graph, tenantId, clock: manualClock(), photo: () => Promise.resolve(null) },
  );
  return {
    owner: who,
    book,
    isOurs: folder !== null,
    writer,
    everyField: everyPersonalField,
    needed: () => ({}),
    foreign: async () => graph.contacts().filter(({ marks }) => marks.size === 0),
    async edit(id, fields) {
      const body = toProperties(fields, "");
      await graph.send({ method: "PATCH", url: contactPath(book, id), lane, body }, signal);
    },
    async remove(id) {
      await graph.send({ method: "DELETE", url: contactPath(book, id), lane }, signal);
    },
    copy: async (id) => graph.copy(id),
  };
}
