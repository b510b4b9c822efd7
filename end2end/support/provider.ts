import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** A real OpenID provider of its own, on a free port: who is typed at its door is who it vouches for. */
export class SignOn {
  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  static async start(back: string, secret: string): Promise<SignOn> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: "huiyin", client_secret: secret, redirect_uris: [back], response_types: ["code"], grant_types: ["authorization_code"] }],
      pkce: { required: () => true },
      claims: { openid: ["sub"], profile: ["preferred_username"] },
      // The claims come from the user info alone, as most providers have it.
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: `subject-of-${id}`, preferred_username: id }) }),
      cookies: { keys: ["a key of this test"] },
    });
    server.on("request", provider.callback());
    return new SignOn(issuer, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
