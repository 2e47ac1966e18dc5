/** The header that was most likely meant; null when none is near. */
export function nearestHeader(name: string, headers: readonly string[]): string | null {
  const wanted = plain(name);
  let best: { header: string; distance: number } | null = null;
  for (const header of headers) {
    const distance = editDistance(wanted, plain(header));
    if (best === null || distance < best.distance) best = { header, distance };
  }
  return best !== null && best.distance <= Math.max(1, Math.floor(wanted.length * 0.4)) ? best.header : null;
}

/** Without what people vary in headers: case, spaces and punctuation. */
function plain(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Characters to insert, delete or replace to make one text of the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + same,
        ),
      );
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
