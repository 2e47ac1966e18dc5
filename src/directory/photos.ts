import type { GraphReader } from "../http/graph/graph.ts";
import { isNotFound } from "../http/graph/not-found.ts";
import { encode } from "../http/graph/odata.ts";

export interface Photo {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Gets the photo of the person with a key; null when there is none. */
export type Photos = (key: string, signal: AbortSignal) => Promise<Photo | null>;

/** A tenant to read photos from. */
interface PhotoTenant {
  /** Lower-case GUID. */
  readonly tenantId: string;
  readonly client: () => GraphReader;
}

/** The size of the photo cache: one person's photo goes to many mailboxes. */
const keptBytes = 32 * 1024 * 1024;

/**
 * Reads photos from the tenant in a key, in the size that phones show or, if the service has no other, in their
 * original size. People from other sources (rows of a file) have no photo.
 */
export function createPhotos(tenants: readonly PhotoTenant[]): Photos {
  const kept = new Map<string, Photo | null>();
  let bytes = 0;

  function keep(key: string, photo: Photo | null): void {
    bytes += (photo?.bytes.length ?? 0) - (kept.get(key)?.bytes.length ?? 0);
    kept.set(key, photo);
    for (const [oldest, old] of kept) {
      if (bytes <= keptBytes) return;
      kept.delete(oldest);
      bytes -= old?.bytes.length ?? 0;
    }
  }

  return async (key, signal) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const [tenantId, id] = key.split("/");
    const tenant = tenants.find((one) => one.tenantId === tenantId);
    if (tenant === undefined || id === undefined) return null;
    const photo = await readPhoto(tenant.client(), id, signal);
    keep(key, photo);
    return photo;
  };
}

async function readPhoto(graph: GraphReader, id: string, signal: AbortSignal): Promise<Photo | null> {
  const user = `/users/${encode(id)}`;
  for (const path of ["/photos/240x240/$value", "/photo/$value"]) {
    try {
      return await graph.getBytes({ url: `${user}${path}`, lane: "directory" }, signal);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return null;
}
