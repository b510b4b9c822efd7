import { existsSync, renameSync, rmSync, statSync, cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { City, binary, prepared } from "./city.ts";

/** Makes the demo city with its history once, unless the binary is older than the one that is there. */
export default async function prepare(): Promise<void> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build --package server`);
  if (existsSync(prepared) && statSync(prepared).mtimeMs > statSync(binary).mtimeMs) return;
  rmSync(prepared, { recursive: true, force: true });
  mkdirSync(dirname(prepared), { recursive: true });
  const city = await City.start("sqlite", undefined);
  await city.stop(true);
  const half = `${prepared}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(join(city.folder, "data"), half, { recursive: true, filter: (path) => !path.endsWith("/lock") });
  renameSync(half, prepared);
  rmSync(city.folder, { recursive: true, force: true });
}
