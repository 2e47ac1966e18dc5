import { targetContract } from "../../contract/target-contract.ts";
import { openMailbox } from "./mailbox.ts";

targetContract("mailbox-contacts in a folder of ours", async () => {
  const { world } = await openMailbox("Contoso directory");
  return world;
});

targetContract("mailbox-contacts in the default folder", async () => {
  const { world } = await openMailbox(null);
  return world;
});

targetContract("mailbox-contacts with small pages", async () => {
  const { world } = await openMailbox("Contoso directory", { size: 7 });
  return world;
});

targetContract("mailbox-contacts whose first page is always empty", async () => {
  const { world } = await openMailbox(null, { size: 7, emptyFirst: true });
  return world;
});
