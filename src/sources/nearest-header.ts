import { nearestName } from "../text/nearest-name.ts";

/** The header most similar to a name, ignoring case, spaces and punctuation; null when none is similar. */
export function nearestHeader(name: string, headers: readonly string[]): string | null {
  const byPlain = new Map(headers.toReversed().map((header) => [plain(header), header]));
  const nearest = nearestName(plain(name), byPlain.keys());
  return nearest === null ? null : (byPlain.get(nearest) ?? null);
}

/** The text without case, spaces and punctuation. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
