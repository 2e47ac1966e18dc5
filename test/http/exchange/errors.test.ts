import { expect, test } from "vitest";
import { exchangeAdvice } from "../../../src/http/exchange/advice.ts";
import type { Parameters } from "../../../src/http/exchange/exchange.ts";
import * as errors from "../../fakes/exchange-errors.ts";
import { exchangeFailure, exchangeWorld } from "../../fakes/exchange-world.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";

const anna: Parameters = { Name: "gr-a1", Alias: "gr-a1", ExternalEmailAddress: "anna.meyer@contoso.com" };

async function failureOf(answer: ScriptedResponse): ReturnType<typeof exchangeFailure> {
  const { client, signal } = exchangeWorld([answer]);
  return await exchangeFailure(client.invoke("New-MailContact", anna, signal));
}

test.each([
  ["pipe form", errors.notFound, "not-found", "ManagementObjectNotFoundException", /^The operation couldn't/],
  ["an address in use", errors.addressInUse, "address-in-use", "ProxyAddressExistsException", /SMTP:anna/],
  ["a name in use, without an id", errors.nameInUse, "name-in-use", "RecipientTaskException", /^There are/],
  ["JSON in a text", errors.objectExists, "name-in-use", "ADObjectAlreadyExistsException", /^The object 'CN/],
  [
    "an unknown parameter",
    errors.unknownParameter,
    "invalid-request",
    "AmbiguousParameterSetException",
    /Bogus/,
  ],
  [
    "a bad value, without details",
    errors.badValue,
    "invalid-value",
    "ParameterTransformationException",
    /Nonsen/,
  ],
  ["an invalid address", errors.invalidAddress, "invalid-address", "RecipientTaskException", /foo/],
  ["a name that is too long", errors.tooLong, "value-too-long", "ParameterTransformationException", /is 64/],
  [
    "the quota",
    errors.creationQuota,
    "creation-quota",
    "RecipientUsageExceededRecentQuotaException",
    /maximum/,
  ],
  [
    "a synchronized object",
    errors.directorySynced,
    "directory-synced",
    "InvalidOperationInContextException",
    /on-/,
  ],
  [
    "another organization",
    errors.wrongOrganization,
    "wrong-organization",
    "ADTransientException",
    /partition/,
  ],
] as const)("of %s Exchange's own class and words are found", async (_, answer, kind, exception, words) => {
  const error = await failureOf(answer);
  expect(error).toMatchObject({ kind, exception, outcome: "refused", cmdlet: "New-MailContact" });
  expect(error.message).toMatch(words);
  expect(error.message).not.toMatch(/\||stacktrace|TypeName/);
});

test.each([
  [
    500,
    "|A.UnableToWriteToAadException|Another object with the same value for property proxyAddresses already exists. ConflictingObject: User_1.",
    "address-in-use",
  ],
  [
    400,
    "|A.RecipientTaskException|'foo bar' isn't a valid SMTP address. The e-mail address foo bar is not a valid SMTP address.",
    "invalid-address",
  ],
  [
    409,
    '|A.RecipientTaskException|The value "x" of property "Alias" is used by another recipient object "y". Please specify a unique value.',
    "name-in-use",
  ],
  [400, "|A.InvalidFilterException|'Notes' is not a recognized filterable property.", "invalid-request"],
  [
    500,
    "|System.Management.Automation.CommandNotFoundException|The term 'New-MailContact' is not recognized.",
    "no-permission",
  ],
] as const)("%i with %s is known by its words or its class", async (status, message, kind) => {
  expect(await failureOf(errors.pipeError(status, "X", message))).toMatchObject({ kind, outcome: "refused" });
});

test("status and request id are those of the answer", async () => {
  expect(await failureOf(errors.notFound)).toMatchObject({ status: 404, requestId: "r-1" });
});

test.each([
  ["NUL bytes", errors.forbidden],
  ["nothing", { status: 403 }],
  ["what cannot be decoded", { status: 403, text: "\0\0", broken: true }],
])("403 with %s is a missing role, and is not asked for again", async (_, answer) => {
  const error = await failureOf(answer);
  expect(error).toMatchObject({ kind: "no-permission", status: 403, exception: "", outcome: "refused" });
  expect(error.message).toBe("Exchange answered 403 and gave no reason.");
});

test("where the body says nothing, the headers may", async () => {
  const headers = { "x-ms-diagnostics": '2000008;reason="Access\u00a0denied";error_category="denied"' };
  expect(await failureOf({ status: 403, headers })).toMatchObject({
    message: '2000008;reason="Accessdenied";error_category="denied"',
  });
  const typed = { "X-ExceptionType": "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException" };
  expect(await failureOf({ status: 409, headers: typed })).toMatchObject({
    kind: "address-in-use",
    exception: "ProxyAddressExistsException",
  });
});

test.each([
  ["an address that something deleted may hold", errors.lingers, "address-lingers"],
  ["an unknown failure of the server", errors.pipeError(500, "X", "|A.B.StrangeException|Odd."), "other"],
  ["a server that is busy", errors.busy, "busy"],
  ["a directory that is away", errors.directoryTransient, "busy"],
  ["Entra ID that did not take it", errors.directoryWriteFailed, "directory-write-failed"],
  ["a gateway", { status: 502, text: "<html><body>Bad Gateway</body></html>" }, "busy"],
  ["a truncated answer", { text: '{"value":[{"Guid":"3' }, "malformed-answer"],
  ["a web page", { text: "<!doctype html><title>Sign in</title>" }, "unreachable"],
] as const)("after %s a contact may have been made: it is not made again", async (_, answer, kind) => {
  expect(await failureOf(answer)).toMatchObject({ kind, outcome: "unknown" });
});

test("a class that says only that something failed is not given as the reason", async () => {
  const type = "Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException";
  const internalexception = { type, message: `Exception of type '${type}' was thrown.` };
  const error = { code: "BadRequest", message: "Error executing cmdlet", innererror: { internalexception } };
  expect(await failureOf({ status: 400, json: { error } })).toMatchObject({
    exception: "",
    message: "Error executing cmdlet",
  });
  expect(await failureOf(errors.expiredCursor)).toMatchObject({ exception: "", kind: "other" });
});

test("a class that passes is seen in plain text, too", async () => {
  const text = "Microsoft.Exchange.Data.Storage.ServerBusyException: The server is too busy.";
  expect(await failureOf({ status: 400, text })).toMatchObject({ kind: "busy", exception: "" });
});

test("an exception that nobody knows is refused for good where the request is to blame", async () => {
  const answer = errors.pipeError(400, "BadRequest", "|A.B.StrangeException|Odd | even.");
  expect(await failureOf(answer)).toMatchObject({
    kind: "other",
    exception: "StrangeException",
    message: "Odd | even.",
    outcome: "refused",
  });
});

test.each([
  [
    "text with pipes",
    ["Ex1|A.B.ProxyAddressExistsException|Taken."],
    "ProxyAddressExistsException",
    "Taken.",
  ],
  [
    "an object",
    [{ Message: "Taken.", TypeName: "A.ProxyAddressExistsException" }],
    "ProxyAddressExistsException",
    "Taken.",
  ],
  ["anything else", [{ odd: 1 }], "", '{"odd":1}'],
])(
  "errors inside a 200, as %s, are a failure of which a part may have been done",
  async (_, list, exception, message) => {
    const error = await failureOf({ json: { "@adminapi.errors": list, value: [] } });
    expect(error).toMatchObject({ exception, message, status: 200, outcome: "unknown" });
  },
);

test("an empty list of errors is no failure", async () => {
  const { client, signal } = exchangeWorld([{ json: { "@adminapi.errors": [], value: [{ Guid: "1" }] } }]);
  expect(await client.invoke("New-MailContact", anna, signal)).toEqual([{ Guid: "1" }]);
});

test("an error inside a 200 in the usual form is a failure", async () => {
  const { json } = errors.addressInUse as { json: object };
  expect(await failureOf({ json })).toMatchObject({ kind: "address-in-use", status: 200 });
});

test("control characters and endless pages do not get into messages", async () => {
  const text = `A\u001b[31m\nB${"x".repeat(5000)}`;
  const error = await failureOf(errors.pipeError(400, "BadRequest", `|A.OddException|${text}`));
  expect(error.message.slice(0, 8)).toBe("A [31m B");
  expect(error.message.length).toBeLessThan(1100);
});

test.each([
  ["no-app-role", { status: 401 }, "exchange-app-role-missing", /Exchange\.ManageAsApp/],
  ["no-permission", errors.forbidden, "exchange-role-missing", /Exchange Recipient Administrator/],
  ["creation-quota", errors.creationQuota, "creation-quota", /run again in a few hours/],
  ["busy", errors.busy, "exchange-busy", /change may have been made/],
  ["wrong-organization", errors.wrongOrganization, "wrong-organization", /onmicrosoft\.com/],
  ["invalid-address", errors.invalidAddress, "invalid-address", /Correct it in the source/],
  ["value-too-long", errors.tooLong, "value-too-long", /64 characters/],
] as const)("%s is told with what to do", async (_, answer, code, advice) => {
  const answers = code === "exchange-app-role-missing" ? [answer, answer] : [answer];
  const { client, signal } = exchangeWorld(answers);
  const told = exchangeAdvice(await exchangeFailure(client.invoke("New-MailContact", anna, signal)));
  expect(told.code).toBe(code);
  expect(told.message).toMatch(advice);
  expect(told.message).toMatch(/^New-MailContact was answered with \d{3}[^:]*: /);
});

test("throttling to the end is told with what to do", async () => {
  const throttled = { status: 429, text: errors.plainThrottle };
  const { client, signal } = exchangeWorld(Array.from({ length: 6 }, () => throttled));
  const told = exchangeAdvice(await exchangeFailure(client.invoke("New-MailContact", anna, signal)));
  expect(told).toMatchObject({ code: "exchange-throttled" });
  expect(told.message).toMatch(/maximum number of concurrent requests/);
  expect(told.message).not.toMatch(/carried out/);
});
