import { openSandbox } from "../../../src/sandbox/sandbox.ts";

// Makes contacts until it is killed, and says the name of each once it was told that it is made.

const [, , file = ""] = process.argv;
const sandbox = await openSandbox(file, { clock: { now: () => 0 }, random: () => 0.5 });
const signal = new AbortController().signal;
for (let count = 0; ; count++) {
  const body = JSON.stringify({ givenName: `P${count}` });
  const headers = { Authorization: "Bearer token", "Content-Type": "application/json" };
  const url = "https://graph.sandbox.invalid/v1.0/users/bo@contoso.com/contacts";
  const { status } = await sandbox.fetch(url, { method: "POST", headers, body, signal });
  if (status === 201) process.stdout.write(`P${count}\n`);
}
