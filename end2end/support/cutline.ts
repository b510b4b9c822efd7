import { createServer, type Server, type Socket, connect } from "node:net";

/** A number from 0 on below 1 by a seed: the same line is cut in the same places every time. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A line between browser and server that dies: while `cutting`, every connection that posts is cut, with chance `odds`,
 * after some number of bytes of the request or of the answer. It looks at bytes and knows nothing of what they mean.
 */
export class CutLine {
  url = "";
  cutting = false;
  /** How many connections were cut while asking, and while answering. */
  readonly cuts = { request: 0, answer: 0 };
  private server?: Server;
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly target: { host: string; port: number },
    private readonly chance: () => number,
    private readonly odds: number,
  ) {}

  static async start(url: string, seed: number, odds = 0.6): Promise<CutLine> {
    const { hostname, port } = new URL(url);
    const line = new CutLine({ host: hostname, port: Number(port) }, dice(seed), odds);
    line.server = createServer((near) => line.carry(near));
    await new Promise<void>((up) => line.server?.listen(0, "127.0.0.1", up));
    const address = line.server.address() as { port: number };
    line.url = `http://127.0.0.1:${address.port}`;
    return line;
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((down) => this.server?.close(down));
  }

  private carry(near: Socket): void {
    const far = connect(this.target);
    this.open.add(near).add(far);
    const end = () => {
      near.destroy();
      far.destroy();
      this.open.delete(near);
      this.open.delete(far);
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    // Bytes that still pass of the present request and its answer; both without end while nothing is posted.
    let left = { request: Infinity, answer: Infinity };
    const pass = (side: "request" | "answer", into: Socket) => (bytes: Buffer) => {
      if (side === "request" && bytes.subarray(0, 5).toString("latin1") === "POST ") left = this.fate(bytes);
      if (bytes.length > left[side]) {
        this.cuts[side] += 1;
        // What lies before the cut still arrives.
        into.end(bytes.subarray(0, left[side]));
        (side === "request" ? near : far).destroy();
        setTimeout(end, 5);
        return;
      }
      left[side] -= bytes.length;
      into.write(bytes);
    };
    near.on("data", pass("request", far));
    far.on("data", pass("answer", near));
  }

  /** Where this post is cut, if it is: anywhere in what it says it is long, or anywhere in a short answer. */
  private fate(head: Buffer): { request: number; answer: number } {
    if (!this.cutting || this.chance() >= this.odds) return { request: Infinity, answer: Infinity };
    const text = head.toString("latin1");
    const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0) + text.indexOf("\r\n\r\n") + 4;
    if (this.chance() < 0.4) return { request: Math.floor(this.chance() * length), answer: Infinity };
    // The answer to a filing is a redirect of some hundred bytes, then comes the receipt.
    return { request: Infinity, answer: Math.floor(this.chance() * (this.chance() < 0.6 ? 900 : 9000)) };
  }
}
