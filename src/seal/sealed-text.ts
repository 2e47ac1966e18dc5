import type { Keys, Lock } from "./keys.ts";
import { SealError } from "./seal-error.ts";

/** First line of every file encrypted with age. */
const magic = Buffer.from("age-encryption.org/v1\n");

/** Maximum size of a header, which has a few short lines for each recipient. */
const longestHeader = 1024 * 1024;

/** Encrypts text with age. Truncation and any change are detected when it is read. */
export async function* sealText(text: AsyncIterable<string>, lock: Lock): AsyncGenerator<Uint8Array> {
  const { encrypterFor } = await import("./age.ts");
  yield* await encrypterFor(lock).encrypt(ReadableStream.from(utf8(text)));
}

/**
 * Reads the text of a file, encrypted or not.
 *
 * @param plain - `refused`: whoever writes such a file encrypts it, so one that is not is by somebody else
 * @throws {SealError} when it is encrypted and these keys do not match, or it was changed; or not encrypted, and refused
 */
export async function* openText(
  bytes: AsyncIterable<Uint8Array>,
  keys: Keys,
  plain: "accepted" | "refused" = "accepted",
): AsyncGenerator<string> {
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    const start = await startOf(chunks, magic.length);
    if (!start.subarray(0, magic.length).equals(magic)) {
      if (plain === "refused") throw notEncrypted();
      yield* decoded(chained(start, chunks));
      return;
    }
    const header = await headerOf(start, chunks);
    yield* decoded(opened(chained(header.read, chunks), keys, header.text));
  } finally {
    await chunks.return?.();
  }
}

async function* opened(
  bytes: AsyncIterable<Uint8Array>,
  keys: Keys,
  header: string,
): AsyncGenerator<Uint8Array> {
  const { decrypterFor, wrongKey } = await import("./age.ts");
  const plain = await decrypterFor(header, keys)
    .decrypt(ReadableStream.from(bytes))
    .catch((error: unknown) => {
      throw wrongKey(error);
    });
  try {
    yield* plain;
  } catch (error) {
    throw new SealError(
      "damaged",
      "The encrypted file is damaged: it was truncated or changed. It cannot be used.",
      error,
    );
  }
}

function notEncrypted(): SealError {
  return new SealError(
    "not-encrypted",
    "The file is not encrypted, but GALOPS_PLAN_PASSPHRASE or GALOPS_PLAN_IDENTITY is set here. Whoever can put a file in " +
      "its place may have written it, without knowing either. Plan again where the passphrase is set, or with " +
      "--encrypt-to, and have that plan approved.",
  );
}

/** Reads at least `length` bytes, or all there are. */
async function startOf(chunks: AsyncIterator<Uint8Array>, length: number): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

/** The header of an encrypted file, and everything read to find its end. */
async function headerOf(
  start: Buffer,
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ readonly text: string; readonly read: Buffer }> {
  let read = start;
  while (read.length < longestHeader) {
    const end = read.indexOf("\n--- ");
    if (end >= 0) return { text: read.subarray(0, end).toString("latin1"), read };
    const longer = await startOf(chunks, 1);
    if (longer.length === 0) break;
    read = Buffer.concat([read, longer]);
  }
  throw new SealError(
    "damaged",
    "The encrypted file is damaged: its header is incomplete. It cannot be used.",
  );
}

async function* chained(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* utf8(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of text) yield Buffer.from(chunk);
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
