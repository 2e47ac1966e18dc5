/**
 * Two sandbox tenants see each other's people as mail contacts: plan, apply, plan again; then somebody leaves, is hidden
 * for the grace, and returns.
 */
import { runDemo, say } from "./run-demo.ts";

const [contoso, fabrikam] = ["contoso.tenant.json", "fabrikam.tenant.json"];

runDemo("two-tenants", (run) => {
  say("Two sandbox tenants. The config is examples/two-tenants: a mesh, so a sync for each direction.");
  run(0, "sandbox", "init", contoso);
  run(0, "sandbox", "init", fabrikam, "--company", "fabrikam");
  run(0, "validate");

  say("What would change? An address that a guest holds already is told, and left alone.");
  run(2, "plan", "--detailed-exitcode", "--quiet", "--out", "first.plan");
  run(0, "apply", "first.plan", "--quiet");
  run(0, "plan", "--detailed-exitcode", "--quiet");

  say("Chandra leaves Contoso: in Fabrikam she is hidden first, and deleted after 30 days.");
  run(0, "sandbox", "edit", "disable-user", contoso, "chandra@contoso.com");
  run(2, "plan", "--detailed-exitcode", "--quiet");
  run(0, "apply", "--auto-approve", "--quiet");

  say("She comes back, and so does her contact, as it was.");
  run(0, "sandbox", "edit", "set-user", contoso, "chandra@contoso.com", "accountEnabled=true");
  run(2, "plan", "--detailed-exitcode", "--quiet");
  run(0, "apply", "--auto-approve", "--quiet");
  run(0, "plan", "--detailed-exitcode", "--quiet");

  say("What Fabrikam's address lists have now.");
  run(0, "sandbox", "show", fabrikam, "--mail-contacts");
});
