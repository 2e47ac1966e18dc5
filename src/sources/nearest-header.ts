import { nearestName } from "../text/nearest-name.ts";

/** The header that was most likely meant, whatever its case, spaces and punctuation; null when none is near. */
export function nearestHeader(name: string, headers: readonly string[]): string | null {
  const byPlain = new Map(headers.toReversed().map((header) => [plain(header), header]));
  const nearest = nearestName(plain(name), byPlain.keys());
  return nearest === null ? null : (byPlain.get(nearest) ?? null);
}

/** Without what people vary in headers. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
