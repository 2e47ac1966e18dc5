import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { decrypterFor, encrypterFor, wrongKey } from "./age.ts";
import type { Keys, Lock } from "./keys.ts";
import { SealError } from "./seal-error.ts";

/**
 * Encrypts line by line, for a file that is appended to and must stay readable when it is cut off. A random 256-bit key
 * is encrypted once with age. Each line is encrypted with AES-256-GCM under its own number, so that it can be decrypted
 * only in its place.
 */
export interface LineSeal {
  /** The key, encrypted, in base64. */
  readonly key: string;
  /** @param number - number of the line; must never be used twice */
  seal(line: string, number: number): string;
}

export interface LineOpener {
  /** @throws {SealError} `damaged`, when it is not what was written in this line */
  open(sealed: string, number: number): string;
}

const algorithm = "aes-256-gcm";
const keyLength = 32;
const tagLength = 16;

/** @param about - names what the lines belong to; needed again for decryption */
export async function createLineSeal(lock: Lock, about: string): Promise<LineSeal> {
  const key = randomBytes(keyLength);
  const wrapped = await encrypterFor(lock).encrypt(key);
  return {
    key: Buffer.from(wrapped).toString("base64"),
    seal(line, number) {
      const cipher = createCipheriv(algorithm, key, nonceOf(number), { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(about));
      const parts = [cipher.update(line, "utf8"), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(parts).toString("base64");
    },
  };
}

/**
 * @param key - the `key` of `LineSeal`
 * @throws {SealError} when the keys do not match
 */
export async function createLineOpener(key: string, keys: Keys, about: string): Promise<LineOpener> {
  const wrapped = Buffer.from(key, "base64");
  const decrypter = decrypterFor(wrapped.toString("latin1"), keys);
  const bytes = await decrypter.decrypt(new Uint8Array(wrapped)).catch((error: unknown) => {
    throw wrongKey(error);
  });
  if (bytes.length !== keyLength) throw damaged();
  return {
    open(sealed, number) {
      const all = Buffer.from(sealed, "base64");
      if (all.length < tagLength) throw damaged();
      const decipher = createDecipheriv(algorithm, bytes, nonceOf(number), { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(all.subarray(-tagLength));
      try {
        return decipher.update(all.subarray(0, -tagLength), undefined, "utf8") + decipher.final("utf8");
      } catch (error) {
        throw damaged(error);
      }
    },
  };
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function damaged(cause?: unknown): SealError {
  return new SealError("damaged", "A line differs from what was written: the file was changed.", cause);
}
