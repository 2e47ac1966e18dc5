import { expect, test } from "vitest";
import { graphWorld, rejection } from "../../fakes/graph-world.ts";
import { connectionError } from "../../fakes/scripted-fetch.ts";
import type { ScriptedResponse } from "../../fakes/scripted-fetch.ts";
import { ann, create, throttled, all } from "./requests.ts";

test("who is aborted while waiting for a lane is rejected with the reason", async () => {
  const { client, abort, signal } = graphWorld(
    [
      () => {
        abort("SIGINT");
        return connectionError("ECONNRESET");
      },
    ],
    { parallelism: 1 },
  );
  const both = [1, 2].map(() => rejection(client.get(ann, signal)));
  expect(await Promise.all(both)).toEqual(["SIGINT", "SIGINT"]);
});

test("who is aborted in the middle of a create is rejected with the reason", async () => {
  const { client, abort, signal } = graphWorld([
    () => {
      abort("SIGINT");
      return connectionError("ECONNRESET");
    },
  ]);
  expect(await rejection(client.send(create, signal))).toBe("SIGINT");
});

test("who is aborted while a lane is paused is rejected with the reason, and nothing more is sent", async () => {
  const { client, abort, waits, signal } = graphWorld([throttled("600")]);
  const waiting = rejection(client.get(ann, signal));
  while (waits.length === 0) await Promise.resolve();
  abort("SIGTERM");
  expect(await waiting).toBe("SIGTERM");
});

test("who was aborted before sends nothing", async () => {
  const { client, abort, signal } = graphWorld([]);
  abort("SIGINT");
  expect(await rejection(client.get(ann, signal))).toBe("SIGINT");
  expect(await rejection(client.sendAll([create], signal))).toBe("SIGINT");
  expect(await rejection(all(client.pages(ann, signal)))).toBe("SIGINT");
});

test("no more requests are in flight than allowed, over all lanes", async () => {
  let inFlight = 0;
  let most = 0;
  const slow: ScriptedResponse = async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight--;
    return { json: {} };
  };
  const { client, signal } = graphWorld(Array(12).fill(slow), { parallelism: 3 });
  const lanes = ["mailbox:ann", "mailbox:bo", "directory"] as const;
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      client.get({ ...ann, lane: lanes[index % 3] ?? "directory" }, signal),
    ),
  );
  expect(most).toBe(3);
});
