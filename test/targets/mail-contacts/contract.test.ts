import { targetContract } from "../../contract/target-contract.ts";
import { openMailWorld } from "./world.ts";

targetContract("mail-contacts of a sandbox", () => openMailWorld());
targetContract("mail-contacts of a sandbox, stamped elsewhere", () =>
  openMailWorld({ stamp: "customAttribute7" }),
);
