import { expect, test } from "vitest";
import { config, office } from "./office.ts";

test("markdown is the plan before, and the plan with what became of it after", async () => {
  const { galops } = await office();
  const planned = await galops("plan", "-o", "week.plan", "--format", "markdown");
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.stdout).toMatch(/^### galops plan: [1-9]\d* to create, 0 to update, 0 to delete\.\n/u);
  expect((await galops("show", "week.plan", "--format", "markdown")).stdout).toBe(planned.stdout);
  const applied = await galops("apply", "--auto-approve", "--format", "markdown");
  expect(applied.stdout).toMatch(/^### galops apply: complete! [1-9]\d* created, 0 updated, 0 deleted\.\n/u);
  expect(applied.stdout).toContain("| `phones` |");
  const again = await galops("plan", "--format", "markdown");
  expect(again.stdout).toContain("galops plan: No changes. The tenants match the configuration.");
});

test("a plan that a limit refuses is a document all the same, and nothing is made", async () => {
  const { galops } = await office(`${config}    limits: { creates: 1 }\n`);
  const applied = await galops("apply", "--auto-approve", "--format", "markdown");
  expect(applied.code).toBe(4);
  expect(applied.stdout).toContain("### galops plan: ");
  expect(applied.stdout).toContain("Refused: phones exceeds a safety limit (creates)");
});

test("where nothing could be read, the document says that there is no plan", async () => {
  const { galops } = await office(config.replace("mobilePhone", "mobilePhone.substring(90)"));
  const planned = await galops("plan", "--format", "markdown");
  expect(planned.code).toBe(1);
  expect(planned.stdout).toContain("### galops plan: no plan, because nothing could be compared");
});

test("html is a page of the plan before, and of what became of it after", async () => {
  const { galops } = await office();
  const planned = await galops("plan", "--format", "html");
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.stdout).toMatch(/<title>galops: [1-9]\d* to create, 0 to update, 0 to delete\.<\/title>/u);
  const applied = await galops("apply", "--auto-approve", "--format", "html");
  expect(applied.stdout).toMatch(/<title>galops: Apply complete! [1-9]\d* created/u);
  const redacted = await galops("plan", "--format", "html", "--redact");
  expect(redacted.stdout).toContain('"redaction":"partial"');
});

test("junit tells each mailbox of an apply, also of one that was refused", async () => {
  const { galops } = await office();
  const applied = await galops("apply", "--auto-approve", "--format", "junit");
  expect(applied.code).toBe(0);
  expect(applied.stdout).toContain('<testsuite name="phones" tests="2" failures="0" errors="0" skipped="0">');
  const strict = await office(`${config}    limits: { creates: 1 }\n`);
  const refused = await strict.galops("apply", "--auto-approve", "--format", "junit");
  expect(refused.code).toBe(4);
  expect(refused.stdout).toContain('<testsuite name="phones" tests="3" failures="1" errors="0" skipped="2">');
});

test("sarif has what validate found, at its place", async () => {
  const { galops } = await office(config.replace("from: [staff]", "from: [stafff]"));
  const { code, stdout, stderr } = await galops("validate", "--format", "sarif");
  expect(code).toBe(1);
  expect(stderr).toBe("");
  const { runs } = JSON.parse(stdout) as { runs: { results: unknown[] }[] };
  expect(runs[0]?.results).toContainEqual(
    expect.objectContaining({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "galops.yaml" },
            region: { startLine: 9, startColumn: expect.any(Number) },
          },
        },
      ],
    }),
  );
});

test.each([
  ["plan", "junit"],
  ["validate", "html"],
  ["apply", "sarif"],
])("%s does not know the format %s, and says which ones it knows", async (command, format) => {
  const { galops } = await office();
  const { code, stderr } = await galops(command, "--format", format);
  expect(code).toBe(1);
  expect(stderr).toContain("Allowed choices are text, json");
});
