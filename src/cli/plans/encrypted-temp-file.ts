import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Text in a temporary file that nobody can find, and nobody but this process could read. */
export interface EncryptedTempFile {
  append(text: string): Promise<void>;
  /** All of it, as often as it is asked for. */
  text(): AsyncIterable<string>;
  close(): Promise<void>;
}

/**
 * The file has no name, and what is on the disk is encrypted with a key that is in memory only: what a plan holds of
 * people is not left behind in blocks that were freed.
 *
 * @throws the error of the file system
 */
export async function createEncryptedTempFile(): Promise<EncryptedTempFile> {
  const name = path.join(tmpdir(), `galops-${randomUUID()}.plan`);
  const file = await open(name, "wx+", 0o600);
  await unlink(name);
  const [key, start] = [randomBytes(32), randomBytes(16)];
  const cipher = createCipheriv("aes-256-ctr", key, start);
  return {
    append: (text) => file.appendFile(cipher.update(text, "utf8")),
    async *text() {
      const decipher = createDecipheriv("aes-256-ctr", key, start);
      const decoder = new TextDecoder();
      const chunks: AsyncIterable<Buffer> = file.createReadStream({ start: 0, autoClose: false });
      for await (const chunk of chunks) yield decoder.decode(decipher.update(chunk), { stream: true });
      yield decoder.decode();
    },
    close: () => file.close(),
  };
}
