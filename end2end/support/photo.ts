import { crc32, deflateSync } from "node:zlib";

/** A real PNG made here: coloured noise from a seed, with a text chunk that no served photo may hold. */
export const CANARY = "GPS 27.5603N 120.5534E taken by Wang";

export function photo(name = "IMG_0001.png", seed = 1, side = 320): { name: string; mimeType: string; buffer: Buffer } {
  const raw = Buffer.alloc((side * 3 + 1) * side);
  let state = seed * 2654435761;
  for (let at = 0; at < raw.length; at++) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    raw[at] = at % (side * 3 + 1) === 0 ? 0 : ((state >>> 24) & 63) + ((at / 997) & 127);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([signature, chunk("IHDR", header), chunk("tEXt", Buffer.from(`Comment\0${CANARY}`, "latin1")), chunk("IDAT", deflateSync(raw)), chunk("IEND", Buffer.alloc(0))]);
  return { name, mimeType: "image/png", buffer };
}

/** Width and height of a JPEG, from its frame header. */
export function jpegSize(jpeg: Buffer): [number, number] {
  for (let at = 2; at + 9 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    // SOF0 to SOF2: baseline and progressive.
    if (jpeg[at] === 0xff && jpeg[at + 1] >= 0xc0 && jpeg[at + 1] <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  }
  throw new Error("no JPEG");
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(typeof crc32 === "function" ? crc32(body) : crcOf(body));
  return Buffer.concat([length, body, check]);
}

function crcOf(body: Buffer): number {
  let crc = ~0;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/**
 * A JPEG as a phone writes it: Exif with a place, a device and an owner, XMP, and a comment, each with a canary.
 * `plain` is any JPEG; `orientation` as in Exif (6: the camera was held upright, turn right by 90 degrees).
 */
export function tellingJpeg(plain: Buffer, orientation = 1): Buffer {
  const segments = [app1("Exif\0\0", tiff(orientation)), app1("http://ns.adobe.com/xap/1.0/\0", Buffer.from(`<x:xmpmeta>${CANARY}</x:xmpmeta>`)), segment(0xfe, Buffer.from(CANARY))];
  return Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(2)]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

function app1(mark: string, data: Buffer): Buffer {
  return segment(0xe1, Buffer.concat([Buffer.from(mark, "latin1"), data]));
}

/** TIFF of Exif, big-endian: orientation, maker and artist, and a GPS directory with a latitude. */
function tiff(orientation: number): Buffer {
  const text = Buffer.from(`${CANARY}\0`, "latin1");
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const directory = (entries: Buffer[]) => {
    const count = Buffer.alloc(2);
    count.writeUInt16BE(entries.length);
    return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
  };
  const first = 8;
  const gps = first + 2 + 4 * 12 + 4;
  const words = gps + 2 + 2 * 12 + 4;
  const degrees = Buffer.alloc(24);
  [27, 1, 33, 1, 37, 1].forEach((part, at) => degrees.writeUInt32BE(part, at * 4));
  return Buffer.concat([
    Buffer.from("MM\0*\0\0\0\x08", "latin1"),
    directory([entry(0x010f, 2, text.length, words), entry(0x0112, 3, 1, orientation), entry(0x013b, 2, text.length, words), entry(0x8825, 4, 1, gps)]),
    directory([entry(0x0001, 2, 2, 0x4e000000), entry(0x0002, 5, 3, words + text.length)]),
    text,
    degrees,
  ]);
}
