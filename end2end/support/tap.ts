import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A wire between the browser and a city that keeps every byte the browser sends. */
export class Tap {
  url = "";
  private readonly sent: Buffer[] = [];
  private readonly open = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async on(url: string): Promise<Tap> {
    const port = Number(new URL(url).port);
    const server = createServer();
    const tap = new Tap(server);
    server.on("connection", (near) => {
      const far = connect(port, "127.0.0.1");
      for (const socket of [near, far]) {
        tap.open.add(socket);
        socket.on("error", () => undefined).on("close", () => tap.open.delete(socket));
      }
      near.on("data", (bytes) => tap.sent.push(bytes));
      near.pipe(far);
      far.pipe(near);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    tap.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return tap;
  }

  /** Everything the browser sent since the start. */
  bytes(): Buffer {
    return Buffer.concat(this.sent);
  }

  /** The photos among it: the file name they went under, and their bytes. */
  photos(): { name: string; bytes: Buffer }[] {
    const all = this.bytes();
    const found = [];
    const head = /Content-Disposition: form-data; name="photos"; filename="([^"]*)"\r\nContent-Type: [^\r]*\r\n\r\n/g;
    // Latin-1 keeps one character a byte.
    const text = all.toString("latin1");
    for (const match of text.matchAll(head)) {
      const from = match.index + match[0].length;
      const to = text.indexOf("\r\n--", from);
      if (match[1] !== "") found.push({ name: Buffer.from(match[1], "latin1").toString(), bytes: all.subarray(from, to) });
    }
    return found;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }
}
