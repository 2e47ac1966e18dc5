import { expect, test } from "vitest";
import { withoutSecrets } from "../../src/http/without-secrets.ts";

test.each([
  ["authorization: Bearer abc.def-1; host: x", "authorization: Bearer ***; host: x"],
  [
    `Headers.append: "Bearer a\u0001b" is an invalid header value.`,
    `Headers.append: "Bearer ***" is an invalid header value.`,
  ],
  ["client_assertion=eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln&x=1", "client_assertion=***&x=1"],
  ["http://user:pass@proxy.example:8080 refused", "http://***@proxy.example:8080 refused"],
  ["client_secret=a%2Fb%20c and 'a/b c'", "client_secret=*** and '***'"],
  [
    "mail ann@contoso.com at https://graph.microsoft.com",
    "mail ann@contoso.com at https://graph.microsoft.com",
  ],
])("%j is shown as %j", (text, shown) => {
  expect(withoutSecrets(text, ["a/b c", ""])).toBe(shown);
});
