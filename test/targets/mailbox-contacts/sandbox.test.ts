import path from "node:path";
import { createGraphClient } from "../../../src/http/graph/graph-client.ts";
import { copyContact } from "../../../src/sandbox/admin/edit-contacts.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { keptId, mailboxTag } from "../../../src/sandbox/graph/mailbox/item-ids.ts";
import { openSandbox } from "../../../src/sandbox/sandbox.ts";
import { immutableIds } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { toProperties } from "../../../src/targets/mailbox-contacts/fields/convert.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/write/writer.ts";
import { targetContract } from "../../contract/target-contract.ts";
import { everyPersonalField } from "../../contract/every-personal-field.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { movesContract } from "./moves.ts";
import type { Mailbox } from "./moves.ts";
import { bookRef, owner, syncConfig, targetConfig, tenantId } from "./world.ts";

// The same contract through the real client, over a tenant that is as strict as Graph.

const signal = new AbortController().signal;
const ownerMark = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";

async function openMailbox(): Promise<Mailbox> {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  const made = createSandboxFile(file, { seed: 3, users: 3 });
  const ann = [...made.users.keys()][0] ?? "";
  const clock = manualClock();
  const sandbox = await openSandbox(file, { clock, random: () => 0.5 });
  const graph = createGraphClient({
    baseUrl: "https://graph.sandbox.invalid",
    fetch: sandbox.fetch,
    token: { token: () => Promise.resolve("t") },
    clock,
    random: () => 0.5,
  });
  const contactUrl = (id: string): string => `/users/${ann}/contacts/${encodeURIComponent(id)}`;
  const lane = `mailbox:${ann}` as const;
  const at = { lane, headers: immutableIds };
  return {
    at: (folder, policy = "sync") => ({
      owner,
      book: bookRef(folder, ann),
      isOurs: folder !== null,
      writer: mailboxContactsWriter(
        { ...syncConfig(targetConfig({}, folder)), policy },
        { graph, tenantId, clock, photo: () => Promise.resolve(null) },
      ),
      everyField: everyPersonalField,
      needed: () => ({}),
      foreign: () => {
        const mailbox = sandbox.store.state.mailboxes.get(ann);
        const all = [...(mailbox?.contacts.values() ?? [])];
        return Promise.resolve(all.filter((contact) => contact.extendedProperties?.[ownerMark] !== owner));
      },
      async edit(id, fields) {
        await graph.send(
          { ...at, method: "PATCH", url: contactUrl(id), body: toProperties(fields, "") },
          signal,
        );
      },
      async remove(id) {
        await graph.send({ ...at, method: "DELETE", url: contactUrl(id) }, signal);
      },
      copy(id) {
        const kept = keptId(id, mailboxTag(ann), ["immutable"]) ?? "";
        copyContact(sandbox.store, { mailbox: ann, at: "2026-11-24T12:00:00Z" }, kept);
        return Promise.resolve();
      },
    }),
    async drag(name) {
      const url = `/users/${ann}/contactFolders`;
      await graph.send({ lane, method: "POST", url, body: { displayName: "Mine" } }, signal);
      const folders = [...(sandbox.store.state.mailboxes.get(ann)?.folders.values() ?? [])];
      const dragged = folders.find(({ displayName }) => displayName === name);
      const parent = folders.find(({ displayName }) => displayName === "Mine")?.id;
      if (dragged === undefined || parent === undefined) throw new Error(`There is no folder ${name}.`);
      sandbox.store.commit([{ put: "folder", user: ann, value: { ...dragged, parent } }]);
    },
  };
}

async function openWorld(folder: string | null): Promise<TargetWorld> {
  return (await openMailbox()).at(folder);
}

targetContract("mailbox-contacts in a folder of a sandbox", () => openWorld("Contoso directory"));
targetContract("mailbox-contacts in the default folder of a sandbox", () => openWorld(null));
movesContract("a mailbox of a sandbox", openMailbox);
