/** What somebody may call himself, or write on a contact, who means harm: by what it would do where it is let. */
export const hostileTexts = {
  clearsTheScreen: "\u001B[2J\u001B]0;owned\u0007Ann",
  controls: "a\u0000b\bc\rd\ne\u007Ff\u000B",
  controlsOfTheUpperHalf: "\u009B31mBo\u0085x\u0090y\u009C",
  turnsTheLine: "gpj.\u202Eexe\u2066x\u2069\u061Cy",
  cannotBeSeen: "a\u200Bb\u00ADc\uFEFFd\u{E0041}e\u3164f",
  endsLines: "one\u2028two\u2029three",
  script: `<script>alert(1)</script><img src=x onerror="alert(2)"><b>bold</b>`,
  endsTheScript: "</script><!--<svg/onload=alert(3)>-->]]>",
  entities: "&lt;b&gt; &amp; &#x41;",
  markdown: "[link](https://evil.test) ![image](https://evil.test/x.png) **bold** | cell | `code` ~~~",
  fence: "```\n# heading\n```\n<details>",
  mentions: "@contoso/admins #7 https://evil.test GH-1",
  command: "::error::pwned ::set-output name=has-changes::false",
  commandsOnLines: "\n::add-mask::x\n##[error]pwned\n##vso[task.setvariable variable=x]1\n",
  formula: "=cmd|'/c calc'!A1",
  formulaByPlus: `+HYPERLINK("https://evil.test","x")`,
  quotes: `" -> "x' \\ $(id) \`id\` %s {{7*7}} \${x}`,
  json: `","action":"delete","x":"`,
  proto: "__proto__",
  stamp: "galops:0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11:staff/1;x",
} as const;

/** What no text in UTF-8 holds, but JSON may: half of a character. */
export const half = "half \uD83D of a character";

/** 64 KB, of what takes most room when it is spelled out. */
export const long = `long ${"\u001B".repeat(64 * 1024 - 5)}`;
export const longWords = "word ".repeat(13 * 1000);

/** What the outputs of galops must not hold, whatever is in the tenants. */
export function leaksIn(output: string): readonly string[] {
  const lines = output.split("\n");
  return [
    // What is drawn there by galops itself are colours; the tests ask for none.
    ...found(output, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}](?<!\n)/gu, "a control character"),
    ...found(output, /[\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]/gu, "a character that cannot be seen"),
    ...lines.filter((line) => /^\s*::/u.test(line)).map((line) => `a command of GitHub: ${clipped(line)}`),
    ...found(output, /##(?:vso)?\[\w+/gu, "a command of CI"),
  ];
}

/** Besides that, of what may be HTML: no element that galops has not made. */
export function elementsIn(output: string): ReadonlySet<string> {
  return new Set([...output.matchAll(/<(?:!--|[a-z/][\w/-]*)/giu)].map(([tag]) => tag.toLowerCase()));
}

function found(output: string, pattern: RegExp, what: string): readonly string[] {
  return [...output.matchAll(pattern)].slice(0, 3).map(({ 0: text, index }) => {
    const around = JSON.stringify(output.slice(Math.max(0, index - 30), index + 30));
    return `${what} (${JSON.stringify(text)}) in ${around}`;
  });
}

function clipped(line: string): string {
  return JSON.stringify(line.slice(0, 100));
}
