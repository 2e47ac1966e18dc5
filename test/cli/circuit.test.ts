import { expect, test } from "vitest";
import { config, office, tenantFile as few } from "./office.ts";
import type { Office } from "./office.ts";

const tenantFile = "many.tenant.json";
const many = config.replace("users: [ann@contoso.com, bo@contoso.com]", "all: true").replace(few, tenantFile);

interface TenantFile {
  readonly mailboxes: { problem?: string }[];
}

async function manyMailboxes(): Promise<Office> {
  const made = await office(many);
  const init = await made.galops("sandbox", "init", tenantFile, "--users", "60");
  if (init.code !== 0) throw new Error(init.stderr);
  return made;
}

/** As an administrator does who revokes the permission, for all mailboxes or some. */
function revoke({ read, write }: Office, isRevoked: (at: number) => boolean): void {
  const tenant = JSON.parse(read(tenantFile)) as TenantFile;
  for (const [at, mailbox] of tenant.mailboxes.entries()) {
    if (isRevoked(at)) mailbox.problem = "access-denied";
  }
  write(tenantFile, JSON.stringify(tenant));
}

test("a permission that was revoked stops plan and apply, which say so once", async () => {
  const made = await manyMailboxes();
  await made.galops("plan", "-o", "week.plan");
  revoke(made, () => true);
  const planned = await made.galops("plan");
  expect(planned).toMatchObject({ code: 1 });
  expect(planned.stderr.match(/were not read because the run gave up/g)).toHaveLength(1);
  expect(planned.stderr).toMatch(/changes nothing in 20 mailboxes that could not be read/);

  const applied = await made.galops("apply", "week.plan");
  expect(applied).toMatchObject({ code: 3 });
  expect(applied.stderr.match(/mailboxes in a row failed for the same reason/g)).toHaveLength(1);
  expect(applied.stdout).toMatch(/Apply incomplete\. 0 created, 0 updated, 0 deleted/);
});

test("some mailboxes that refuse stop nobody else", async () => {
  const made = await manyMailboxes();
  revoke(made, (at) => at % 3 === 0);
  const applied = await made.galops("apply", "--auto-approve");
  expect(applied).toMatchObject({ code: 3 });
  expect(applied.stdout + applied.stderr).not.toMatch(/in a row/);
  expect((await made.galops("plan")).stderr).not.toMatch(/in a row/);
});
