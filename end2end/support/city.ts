import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = resolve(root, process.env.HUIYIN_BIN ?? "target/debug/huiyin");
/** The demo city with its history, made once a run and copied for each worker. */
export const prepared = join(root, "target", "end2end", "city");

export type Engine = "sqlite" | "postgres";

/** Settings for tests: all journeys come from one address, which the load rule would ask to wait. */
const settings = {
  HUIYIN_FILINGS_PER_ADDRESS: "1000000",
  HUIYIN_FILINGS_PER_SECOND: "1000000",
  HUIYIN_STAGED_PER_HOUR: "1000000",
  HUIYIN_LOOKUPS_PER_MINUTE: "1000000",
  HUIYIN_LOOKUPS_PER_SECOND: "1000000",
};

/** Nothing of the caller's settings: the server refuses names it does not know. */
function environment(data: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("HUIYIN_"));
  return { ...Object.fromEntries(kept), ...settings, HUIYIN_DATA_DIR: data };
}

function psql(): string {
  const base = "/usr/lib/postgresql";
  if (existsSync(base)) for (const version of readdirSync(base)) if (existsSync(join(base, version, "bin/psql"))) return join(base, version, "bin/psql");
  return "psql";
}

/** One running demo city on a port and a data folder of its own. */
export class City {
  private process?: ChildProcess;
  private database?: string;
  url = "";

  private env: NodeJS.ProcessEnv = {};

  private constructor(
    readonly folder: string,
    readonly engine: Engine,
  ) {}

  /** `changed` are settings of this city alone; `from` is the folder its data are copied from. */
  static async start(engine: Engine = "sqlite", from: string | undefined = prepared, changed: NodeJS.ProcessEnv = {}): Promise<City> {
    const city = new City(mkdtempSync(join(tmpdir(), "huiyin-city-")), engine);
    const data = join(city.folder, "data");
    const env = { ...environment(data), ...changed };
    city.env = env;
    if (engine === "postgres") {
      const admin = process.env.HUIYIN_TEST_POSTGRES;
      if (!admin) throw new Error("SKIPPED would hide it: HUIYIN_TEST_POSTGRES is not set (scripts/postgres.sh start)");
      city.database = `e2e_${process.pid}_${Date.now()}`;
      execFileSync(psql(), [admin, "-qc", `CREATE DATABASE ${city.database}`]);
      env.HUIYIN_DATABASE_URL = admin.replace(/\/postgres(\?|$)/, `/${city.database}$1`);
      city.makeHistory(300);
    } else if (from && existsSync(from)) {
      cpSync(from, data, { recursive: true, preserveTimestamps: true, filter: (path) => !path.endsWith("/lock") });
    } else {
      city.makeHistory(900);
    }
    // The system gives the port, and the server says which: nobody can take it in between.
    env.HUIYIN_ADDR ??= "127.0.0.1:0";
    const log = openSync(join(city.folder, "log"), "a");
    city.process = spawn(binary, ["demo"], { env, cwd: root, stdio: ["ignore", log, log] });
    const until = Date.now() + 300_000;
    for (;;) {
      if (city.process.exitCode !== null || city.process.signalCode !== null) throw new Error(`the city ended with ${city.process.exitCode ?? city.process.signalCode}:\n${city.log()}`);
      const address = city.served();
      if (address) {
        city.url = `http://${address}`;
        return city;
      }
      if (Date.now() > until) throw new Error(`the city is not up after 5 minutes:\n${city.log()}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  /** The address the server says it serves at, once it does. */
  private served(): string | undefined {
    for (const line of this.logLines()) {
      const address = /"message":"serving"/.test(line) && /"address":"([^"]+)"/.exec(line)?.[1];
      if (address) return address;
    }
    return undefined;
  }

  log(): string {
    return readFileSync(join(this.folder, "log"), "utf8").slice(-4000);
  }

  /** Every line the server has written to its end. */
  logLines(): string[] {
    const text = readFileSync(join(this.folder, "log"), "utf8");
    return text.slice(0, text.lastIndexOf("\n") + 1).split("\n").filter((line) => line.trim());
  }

  async stop(keep = false): Promise<void> {
    const running = this.process;
    if (running && running.exitCode === null) {
      const ended = new Promise((done) => running.once("exit", done));
      running.kill("SIGTERM");
      const late = setTimeout(() => running.kill("SIGKILL"), 25_000);
      await ended;
      clearTimeout(late);
    }
    if (this.database) execFileSync(psql(), [process.env.HUIYIN_TEST_POSTGRES as string, "-qc", `DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`]);
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }

  /** The demo city with a shorter history than `huiyin demo` writes: the same rules, sooner there. */
  private makeHistory(cases: number): void {
    const data = join(this.folder, "data");
    mkdirSync(data, { recursive: true });
    // The mark by which `demo` knows a folder of its own.
    writeFileSync(join(data, "this-is-a-demonstration"), "end2end\n");
    for (const words of [["migrate"], ["seed"], ["simulate", "--cases", String(cases), "--seed", "1"]]) this.run(...words);
  }

  /** Runs a command of the binary on this city's data, beside the running server. */
  run(...words: string[]): string {
    return execFileSync(binary, words, { env: this.env, cwd: root, encoding: "utf8" });
  }
}
