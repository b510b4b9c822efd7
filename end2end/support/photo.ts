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
