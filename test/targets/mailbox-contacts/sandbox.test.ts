import path from "node:path";
import { createGraphClient } from "../../../src/http/graph/graph-client.ts";
import { copyContact } from "../../../src/sandbox/edit-contacts.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { keptId, mailboxTag } from "../../../src/sandbox/item-ids.ts";
import { openSandbox } from "../../../src/sandbox/sandbox.ts";
import { immutableIds } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { toProperties } from "../../../src/targets/mailbox-contacts/convert.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/writer.ts";
import { targetContract } from "../../contract/target-contract.ts";
import { everyPersonalField } from "../../contract/every-personal-field.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { bookRef, owner, syncConfig, targetConfig, tenantId } from "./world.ts";

// The same contract through the real client, over a tenant that is as strict as Graph.

const signal = new AbortController().signal;
const ownerMark = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";

async function openWorld(folder: string | null): Promise<TargetWorld> {
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
  const sync = syncConfig(targetConfig({}, folder));
  const contactUrl = (id: string): string => `/users/${ann}/contacts/${encodeURIComponent(id)}`;
  const at = { lane: `mailbox:${ann}`, headers: immutableIds } as const;
  return {
    owner,
    book: bookRef(folder, ann),
    isOurs: folder !== null,
    writer: mailboxContactsWriter(sync, { graph, tenantId, clock, photo: () => Promise.resolve(null) }),
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
  };
}

targetContract("mailbox-contacts in a folder of a sandbox", () => openWorld("Contoso directory"));
targetContract("mailbox-contacts in the default folder of a sandbox", () => openWorld(null));
