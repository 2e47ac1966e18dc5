import { execFileSync } from "node:child_process";
import { constants, existsSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openPlainFile, readPlainFile } from "../../src/files/plain-file.ts";
import { temporaryFolder } from "../fakes/folder.ts";

test("a file is read, also through a link, unless links are not to be followed", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "file");
  const link = path.join(folder, "link");
  writeFileSync(file, "text");
  symlinkSync(file, link);
  expect(readPlainFile(link).toString()).toBe("text");
  const opened = await openPlainFile(file, constants.O_NOFOLLOW);
  expect(await opened.readFile("utf8").finally(() => opened.close())).toBe("text");
  await expect(openPlainFile(link, constants.O_NOFOLLOW)).rejects.toMatchObject({ code: "ELOOP" });
});

test.runIf(existsSync("/dev/zero"))(
  "a pipe, a device and a folder are refused, and nobody waits for them",
  async () => {
    const folder = temporaryFolder();
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    for (const [place, code] of [
      [pipe, "ENOTFILE"],
      ["/dev/zero", "ENOTFILE"],
      [folder, "EISDIR"],
    ] as const) {
      expect(() => readPlainFile(place)).toThrow(expect.objectContaining({ code }));
      await expect(openPlainFile(place)).rejects.toMatchObject({ code });
    }
  },
);
