/**
 * Text cut at each newline, without it. Only `\n` ends a line: other characters that some readers take for a line end
 * may stand inside JSON.
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The same text in pieces of about `size` characters, so that a write is worth its while. */
export async function* inChunks(parts: AsyncIterable<string>, size: number): AsyncGenerator<string> {
  let chunk = "";
  for await (const part of parts) {
    chunk += part;
    if (chunk.length < size) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
