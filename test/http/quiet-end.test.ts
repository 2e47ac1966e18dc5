import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { certificateFile, serve, serveProxy } from "./loopback.ts";

const job = `
  import { createNetworkFetch } from "./src/http/network.ts";
  const { signal } = new AbortController();
  const response = await createNetworkFetch(process.env)(process.argv[1], { method: "GET", headers: {}, signal });
  const body = await response.text();
  setImmediate(() => {
    const holds = process.getActiveResourcesInfo();
    process.stdout.write(JSON.stringify({ body, holds }));
  });
`;

interface Said {
  readonly body: string;
  readonly holds: readonly string[];
}

test.each(["none", "http", "https"])(
  "a connection that is kept does not keep the process (proxy: %s)",
  async (kind) => {
    const { host } = await serve((_request, response) => response.end("[1]"), { tls: true });
    const proxy = await serveProxy({ tls: kind === "https" });
    const child = spawn(process.execPath, ["--input-type=module", "-e", job, `https://${host}/`], {
      cwd: new URL("../..", import.meta.url),
      env: {
        NODE_EXTRA_CA_CERTS: certificateFile,
        ...(kind === "none" ? {} : { HTTPS_PROXY: `${kind}://${proxy.host}` }),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
    const { body, holds } = JSON.parse(said) as Said;
    expect([code, body]).toEqual([0, "[1]"]);
    expect(holds.filter((resource) => !/^(Pipe|TTY)/.test(resource))).toEqual([]);
    expect(proxy.asked).toHaveLength(kind === "none" ? 0 : 1);
  },
);
