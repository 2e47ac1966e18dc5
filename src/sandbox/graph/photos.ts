import { createHash } from "node:crypto";
import type { Photo } from "../tenant/tenant.ts";
import { GraphProblem, invalidProperty, noSuchSegment } from "../wire/graph-problem.ts";
import { jsonAnswer } from "../wire/wire.ts";
import type { WireAnswer, GraphRequest } from "../wire/wire.ts";

/** The sizes in which Graph stores a photo. @see https://learn.microsoft.com/en-us/graph/api/profilephoto-get */
const sizes = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/**
 * Answers with a photo or its metadata. The sandbox stores one size; smaller ones return the same bytes.
 *
 * @param segments - the path segments from `photo` or `photos` on
 * @throws {GraphProblem}
 */
export function photoAnswer(
  photo: Photo | undefined,
  request: GraphRequest,
  segments: readonly string[],
): WireAnswer {
  const [part, ...rest] = segments;
  if (request.search !== "") throw new GraphProblem(400, "BadRequest", "Photos have no query options here.");
  if (photo === undefined) {
    throw new GraphProblem(
      404,
      "ImageNotFound",
      "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    );
  }
  if (part === "photos" && rest.length === 0) {
    const value = sizes.filter((size) => size <= photo.width).map((size) => description(photo, size, size));
    return jsonAnswer(200, JSON.stringify({ "@odata.context": `${request.root}/$metadata#photos`, value }));
  }
  const [width, height] =
    part === "photos" ? sizeNamed(rest.shift() ?? "", photo) : [photo.width, photo.height];
  const [value, ...more] = rest;
  if (value === "$value" && more.length === 0) {
    const headers = { "Content-Type": photo.contentType, ETag: etagOf(photo) };
    return { status: 200, headers, body: Buffer.from(photo.base64, "base64") };
  }
  if (value !== undefined) throw noSuchSegment(value);
  const context = { "@odata.context": `${request.root}/$metadata#photo/$entity` };
  return jsonAnswer(200, JSON.stringify({ ...context, ...description(photo, width, height) }));
}

function sizeNamed(name: string, photo: Photo): readonly [number, number] {
  const size = sizes.find((known) => `${known}x${known}` === name.toLowerCase());
  if (size === undefined) throw noSuchSegment(name);
  if (size > photo.width) throw new GraphProblem(404, "ImageNotFound", "The photo wasn't found.");
  return [size, size];
}

function description(photo: Photo, width: number, height: number): object {
  return {
    "@odata.mediaContentType": photo.contentType,
    "@odata.mediaEtag": etagOf(photo),
    id: `${width}X${height}`,
    width,
    height,
  };
}

function etagOf({ base64 }: Photo): string {
  return `"${createHash("sha256").update(base64).digest("hex").slice(0, 8).toUpperCase()}"`;
}

/** Graph's limit for one request. */
const largestPhoto = 4 * 1024 * 1024;

/**
 * Reads an uploaded photo.
 *
 * @throws {GraphProblem} when it is not a valid photo
 */
export function uploadedPhoto(request: GraphRequest): Photo {
  const contentType = request.headers["content-type"] ?? "";
  const bytes = Buffer.from(request.body ?? "");
  if (bytes.length > largestPhoto) {
    throw new GraphProblem(413, "RequestEntityTooLarge", "The photo is larger than 4 MB.");
  }
  const isJpeg = contentType === "image/jpeg" && bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  const isPng =
    contentType === "image/png" && bytes.length >= 24 && bytes.subarray(1, 4).toString("latin1") === "PNG";
  if (!isJpeg && !isPng)
    throw invalidProperty("The image data is not a valid JPEG or PNG of its Content-Type.");
  const [width, height] = isPng ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : jpegSize(bytes);
  return { contentType, width, height, base64: bytes.toString("base64") };
}

/** Reads width and height from the frame header. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.2.2 */
function jpegSize(bytes: Buffer): readonly [number, number] {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw invalidProperty("The image data is damaged.");
}
