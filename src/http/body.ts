import type { IncomingMessage } from "node:http";
import type * as Zlib from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

/** The content codings that `decoded` supports, as an Accept-Encoding value. */
export const acceptEncoding = "gzip, deflate, br";

/**
 * Reads the whole body, still encoded.
 *
 * @throws when the connection ends before the body is complete, so that a truncated body is never mistaken for the
 * whole
 */
export async function collect(message: IncomingMessage): Promise<Bytes> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  message.on("data", (piece: Uint8Array) => {
    pieces.push(piece);
    length += piece.length;
  });
  await new Promise<void>((resolve, reject) => {
    message.once("end", () => (message.complete ? resolve() : reject(cutShort())));
    message.on("error", reject);
    message.once("close", () => reject(cutShort()));
  });
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function cutShort(): Error {
  return Object.assign(new Error("the answer was cut short"), { code: "ECONNRESET" });
}

/**
 * Decodes the content codings of a body.
 *
 * @param codings - the Content-Encoding header; undefined when the response has none
 * @throws when the bytes are damaged or truncated, or the coding is not supported
 */
export async function decoded(bytes: Bytes, codings: string | undefined): Promise<ArrayBuffer> {
  if (codings === undefined || bytes.length === 0) return bytes.buffer;
  const zlib = await import("node:zlib");
  return codings
    .toLowerCase()
    .split(",")
    .reduceRight((all, coding) => decode(all, coding.trim(), zlib), bytes).buffer;
}

function decode(bytes: Bytes, coding: string, zlib: typeof Zlib): Bytes {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return ofItsOwn(zlib.gunzipSync(bytes, inLargePieces));
    case "deflate": {
      // The standard requires zlib's header; some servers omit it.
      const hasHeader = ((bytes[0] ?? 0) & 0x0f) === 8;
      return ofItsOwn((hasHeader ? zlib.inflateSync : zlib.inflateRawSync)(bytes, inLargePieces));
    }
    case "br":
      return ofItsOwn(zlib.brotliDecompressSync(bytes, inLargePieces));
    case "identity":
    case "":
      return bytes;
    default:
      throw new Error(`the answer uses the content coding ${coding}, which was not requested`);
  }
}

const inLargePieces = { chunkSize: 256 * 1024 };

/** Copies the bytes: a Buffer may be a view of shared memory. */
function ofItsOwn(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
