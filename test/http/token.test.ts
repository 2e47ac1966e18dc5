import { expect, test } from "vitest";
import { AuthError, cachedTokens } from "../../src/http/token.ts";
import type { AccessToken } from "../../src/http/token.ts";
import { rejection } from "../fakes/graph-world.ts";
import { manualClock } from "../fakes/manual-clock.ts";

const minute = 60_000;
const never = new AbortController().signal;
const keep = { renew: false };

function counted(lifetimeMs: number, clock = manualClock()) {
  let made = 0;
  const acquire = (): Promise<AccessToken> => {
    made++;
    return Promise.resolve({ token: `token-${made}`, expiresAt: clock.now() + lifetimeMs });
  };
  return { clock, tokens: cachedTokens(acquire, clock) };
}

test("a token is kept until five minutes before its end", async () => {
  const { clock, tokens } = counted(60 * minute);
  expect(await tokens.token(keep, never)).toBe("token-1");
  clock.advance(54 * minute);
  expect(await tokens.token(keep, never)).toBe("token-1");
  clock.advance(minute);
  expect(await tokens.token(keep, never)).toBe("token-2");
});

test("a token that lives shorter than that is kept for half its life", async () => {
  const { clock, tokens } = counted(2 * minute);
  await tokens.token(keep, never);
  clock.advance(minute - 1);
  expect(await tokens.token(keep, never)).toBe("token-1");
  clock.advance(1);
  expect(await tokens.token(keep, never)).toBe("token-2");
});

test("who asks for another token gets another, and so do all after him", async () => {
  const { tokens } = counted(60 * minute);
  await tokens.token(keep, never);
  expect(await tokens.token({ renew: true }, never)).toBe("token-2");
  expect(await tokens.token(keep, never)).toBe("token-2");
});

test("however many ask at once, one token is acquired", async () => {
  const { tokens } = counted(60 * minute);
  const asked = [keep, { renew: true }, keep].map((options) => tokens.token(options, never));
  expect(await Promise.all(asked)).toEqual(["token-1", "token-1", "token-1"]);
});

test("a failure reaches all who wait and who ask in the next ten seconds, and then it is tried again", async () => {
  const clock = manualClock();
  let tries = 0;
  const tokens = cachedTokens(() => {
    tries++;
    return tries === 1
      ? Promise.reject(new AuthError({ code: "client-secret-wrong", message: "No." }))
      : Promise.resolve({ token: "good", expiresAt: clock.now() + minute });
  }, clock);
  const failures = await Promise.all([1, 2].map(() => rejection(tokens.token(keep, never))));
  expect(failures.map((error) => (error as AuthError).code)).toEqual(Array(2).fill("client-secret-wrong"));
  clock.advance(9_999);
  expect(await rejection(tokens.token(keep, never))).toBe(failures[0]);
  expect(tries).toBe(1);
  clock.advance(1);
  expect(await tokens.token(keep, never)).toBe("good");
});

test("one who gives up does not spoil it for the others; when all give up it is aborted", async () => {
  const clock = manualClock();
  const seen: AbortSignal[] = [];
  const finish: ((token: AccessToken) => void)[] = [];
  const tokens = cachedTokens((signal) => {
    seen.push(signal);
    return new Promise((resolve) => finish.push(resolve));
  }, clock);
  const [first, second] = [new AbortController(), new AbortController()];
  const given = [tokens.token(keep, first.signal), tokens.token(keep, second.signal)].map(rejection);
  first.abort("first");
  expect(await given[0]).toBe("first");
  expect(seen[0]?.aborted).toBe(false);
  second.abort("second");
  expect(await given[1]).toBe("second");
  expect(seen[0]?.aborted).toBe(true);
  const next = tokens.token(keep, never);
  finish[1]?.({ token: "next", expiresAt: clock.now() + minute });
  expect(await next).toBe("next");
});

test("what cannot be a token is refused, and not shown", async () => {
  const tokens = cachedTokens(() => Promise.resolve({ token: "ab\ncd", expiresAt: 0 }), manualClock());
  const error = (await rejection(tokens.token(keep, never))) as AuthError;
  expect(error.code).toBe("token-unusable");
  expect(error.message).not.toContain("ab");
});
