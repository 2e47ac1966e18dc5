#!/usr/bin/env node
// Runs on whatever Node there is, so it must not use anything that an old one cannot parse, and imports nothing before
// it has looked. What is needed stands in package.json too (`engines`).
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`galops needs Node 22.19 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  const { main } = await import("./main.ts");
  await main();
}
