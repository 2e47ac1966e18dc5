/**
 * Two sandbox tenants see each other's people as mail contacts: plan, apply, plan again; then somebody leaves, is hidden
 * for the grace, and returns.
 */
import { runDemo, say } from "./run-demo.ts";

const [contoso, fabrikam] = ["contoso.tenant.json", "fabrikam.tenant.json"];

await runDemo("two-tenants", async (run) => {
  say("Two sandbox tenants. The config is examples/two-tenants: a mesh, so a sync for each direction.");
  await run(0, "sandbox", "init", contoso);
  await run(0, "sandbox", "init", fabrikam, "--company", "fabrikam");
  await run(0, "validate");

  say("What would change? An address that a guest holds already is told, and left alone.");
  await run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "first.plan");
  await run(0, "apply", "first.plan", "--quiet");
  await run(0, "plan", "--detailed-exitcode", "--quiet");

  say("Chandra leaves Contoso: in Fabrikam she is hidden first, and deleted after 30 days.");
  await run(0, "sandbox", "edit", "disable-user", contoso, "chandra@contoso.com");
  await run(2, "plan", "--detailed-exitcode", "--quiet");
  await run(0, "apply", "--auto-approve", "--quiet");

  say("She comes back, and so does her contact, as it was.");
  await run(0, "sandbox", "edit", "set-user", contoso, "chandra@contoso.com", "accountEnabled=true");
  await run(2, "plan", "--detailed-exitcode", "--quiet");
  await run(0, "apply", "--auto-approve", "--quiet");
  await run(0, "plan", "--detailed-exitcode", "--quiet");

  say("What Fabrikam's address lists have now.");
  await run(0, "sandbox", "show", fabrikam, "--mail-contacts");
});
