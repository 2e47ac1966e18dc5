/**
 * The main job on a sandbox tenant, without account and network: plan, apply, plan again, then a week in which
 * somebody joins, marries and leaves and a user edits a contact by hand, and once more plan, apply, plan.
 */
import { runDemo, say } from "./run-demo.ts";

const tenant = "practice.tenant.json";

await runDemo("quickstart", async (run) => {
  const edit = (...args: readonly string[]): Promise<void> => run(0, "sandbox", "edit", ...args);

  say("A sandbox tenant: people, groups and mailboxes in a file. The config is examples/quickstart.");
  await run(0, "sandbox", "init", tenant);
  await run(0, "validate");

  say("What would change? Nothing is written yet.");
  await run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "first.plan");

  say("Make exactly that. Afterwards there is nothing left to do.");
  await run(0, "apply", "first.plan", "--quiet");
  await run(0, "plan", "--detailed-exitcode", "--quiet");

  say("A week later: Nina joins, Bo marries, Chandra leaves, and Ève edits a contact on her phone.");
  await edit(
    "add-user",
    tenant,
    "nina@contoso.com",
    "Nina Ny",
    "mobilePhone=070-123 45 99",
    "jobTitle=Engineer",
  );
  await edit("set-user", tenant, "bo@contoso.com", "surname=Li-Ek", "displayName=Bo Li-Ek");
  await edit("remove-user", tenant, "chandra@contoso.com");
  await edit("edit-contact", tenant, "eve.oconnor@contoso.com", "Dana Müller-Łęcka", "jobTitle=Boss");

  say("galops shows who, what and why.");
  await run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "week.plan");
  await run(0, "apply", "week.plan", "--quiet");
  await run(0, "plan", "--detailed-exitcode", "--quiet");

  say("What Ève has now. Her own contacts were never touched.");
  await run(0, "sandbox", "show", tenant, "eve.oconnor@contoso.com");
});
