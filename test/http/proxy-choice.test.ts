import { expect, test } from "vitest";
import { ProxyError } from "../../src/http/proxy-error.ts";
import { createProxyChoice } from "../../src/http/proxy-choice.ts";
import type { Environment } from "../../src/model/context.ts";

function proxyFor(url: string, env: Environment): string | null {
  return createProxyChoice(env)(new URL(url))?.href ?? null;
}

const graph = "https://graph.microsoft.com/v1.0/users";
const [a, b] = ["http://a:1/", "http://b:2/"];

test.each<[Environment, string | null, string | null]>([
  [{}, null, null],
  [{ HTTPS_PROXY: "http://a:1" }, a, null],
  [{ https_proxy: "http://a:1" }, a, null],
  [{ HTTP_PROXY: "http://b:2" }, b, b],
  [{ http_proxy: "http://b:2" }, b, b],
  [{ HTTPS_PROXY: "http://a:1", HTTP_PROXY: "http://b:2" }, a, b],
  [{ https_proxy: "http://a:1", HTTPS_PROXY: "http://b:2" }, a, null],
  [{ https_proxy: "", HTTPS_PROXY: "http://b:2" }, null, null],
  [{ HTTPS_PROXY: "a:1", HTTP_PROXY: "b:2" }, a, b],
  [{ HTTPS_PROXY: "https://u:p@a:1" }, "https://u:p@a:1/", null],
  [{ HTTPS_PROXY: "http://a:1", no_proxy: "graph.microsoft.com" }, null, null],
  [{ HTTPS_PROXY: "http://a:1", no_proxy: "", NO_PROXY: "graph.microsoft.com" }, a, null],
])("%j: https through %s, http through %s", (env, https, http) => {
  expect([proxyFor(graph, env), proxyFor("http://graph.microsoft.com/", env)]).toEqual([https, http]);
});

test.each([
  ["graph.microsoft.com", graph, true],
  ["GRAPH.Microsoft.com", graph, true],
  ["microsoft.com", graph, true],
  [".microsoft.com", graph, true],
  ["*.microsoft.com", graph, true],
  ["soft.com", graph, false],
  ["graph.microsoft.com.example", graph, false],
  ["*", graph, true],
  ["other.example, * ", graph, true],
  ["other.example,microsoft.com", graph, true],
  ["other.example microsoft.com", graph, true],
  ["microsoft.com:443", graph, true],
  ["microsoft.com:8443", graph, false],
  ["*:443", graph, true],
  ["*:80", graph, false],
  ["microsoft.com", "https://microsoft.com/", true],
  [".microsoft.com", "https://microsoft.com/", true],
  ["*.microsoft.com", "https://microsoft.com/", false],
  ["microsoft.com.", graph, true],
  ["microsoft.com", "https://graph.microsoft.com./", true],
  ["127.0.0.1", "https://127.0.0.1:8443/", true],
  ["127.0.0.1:8443", "https://127.0.0.1:8443/", true],
  ["::1", "https://[::1]:8443/", true],
  ["[::1]", "https://[::1]:8443/", true],
  ["[::1]:8443", "https://[::1]:8443/", true],
  ["[::1]:443", "https://[::1]:8443/", false],
  ["10.0.0.0/8", "https://10.0.0.1/", false],
])("NO_PROXY=%s covers %s: %s", (NO_PROXY, url, covered) => {
  expect(proxyFor(url, { HTTPS_PROXY: "http://a:1", NO_PROXY })).toBe(covered ? null : a);
});

test.each(["http://", "http://a:b", "socks5://a:1"])("%s is no proxy", (HTTPS_PROXY) => {
  expect(() => proxyFor(graph, { HTTPS_PROXY })).toThrow(ProxyError);
  expect(() => proxyFor(graph, { HTTPS_PROXY })).toThrow("HTTPS_PROXY");
  expect(proxyFor(graph, { HTTPS_PROXY, NO_PROXY: "*" })).toBeNull();
});
