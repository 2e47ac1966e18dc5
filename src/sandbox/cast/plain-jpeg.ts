/**
 * Generates a JPEG of one color, so that a sandbox tenant has photos that programs can display, without an image
 * library.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function plainJpeg(
  size: number,
  color: { readonly red: number; readonly green: number; readonly blue: number },
): Uint8Array {
  const blocks = Math.ceil(size / 8) ** 2;
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Quantization by 8 makes the single value of a block its average color.
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    ...segment(0xc0, [
      8,
      size >> 8,
      size & 255,
      size >> 8,
      size & 255,
      3,
      1,
      0x11,
      0,
      2,
      0x11,
      0,
      3,
      0x11,
      0,
    ]),
    ...segment(0xc4, [0x00, ...counts(categories.length, 4), ...categories]),
    ...segment(0xc4, [0x10, ...counts(1, 1), 0x00]),
    ...segment(0xda, [3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0]),
    ...scan(blocks, color),
    0xff,
    0xd9,
  ]);
}

/** The bit lengths of the difference between two blocks; the code of each is its own number in 4 bits. */
const categories = [0, 1, 2, 3, 4, 5, 6, 7, 8];

function segment(marker: number, content: readonly number[]): readonly number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...content];
}

/** The number of codes of each length from 1 to 16, when all have the same length. */
function counts(codes: number, length: number): readonly number[] {
  return Array.from({ length: 16 }, (_, at) => (at + 1 === length ? codes : 0));
}

function scan(
  blocks: number,
  { red, green, blue }: { readonly red: number; readonly green: number; readonly blue: number },
): readonly number[] {
  const values = [
    0.299 * red + 0.587 * green + 0.114 * blue - 128,
    -0.1687 * red - 0.3313 * green + 0.5 * blue,
    0.5 * red - 0.4187 * green - 0.0813 * blue,
  ];
  const first = values
    .map((value) => difference(Math.max(-128, Math.min(127, Math.round(value)))) + endOfBlock)
    .join("");
  // All other blocks have the difference zero, encoded as zeros only: hundreds of bytes that need no computation.
  const zeros = `${difference(0)}${endOfBlock}`.length * 3 * (blocks - 1);
  const begun = Math.min(zeros, (8 - (first.length % 8)) % 8);
  const whole = Math.floor((zeros - begun) / 8);
  const rest = zeros - begun - 8 * whole;
  return [
    ...octets(first + "0".repeat(begun)),
    ...Array.from({ length: whole }, () => 0),
    ...octets("0".repeat(rest)),
  ];
}

/** Packs bits into bytes; the last one is padded with ones. */
function octets(bits: string): readonly number[] {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, "1"), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return bytes;
}

const endOfBlock = "0";

function difference(value: number): string {
  const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const amount = value < 0 ? value + 2 ** length - 1 : value;
  return length.toString(2).padStart(4, "0") + (length === 0 ? "" : amount.toString(2).padStart(length, "0"));
}
