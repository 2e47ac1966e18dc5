import { readFileSync, statSync } from "node:fs";
import path from "node:path";

/** A name that is neither markup of YAML nor a pattern of GitHub's. */
const plain = /^[a-z_][\w./-]*$/iu;

/**
 * Into which branch is merged in the git repository around a folder: the one that its remote says, else the current one.
 * Null outside of any, and for a branch with an unusual name.
 */
export function defaultBranch(folder: string): string | null {
  const git = gitFolder(path.resolve(folder));
  if (git === null) return null;
  // What worktrees have in common is elsewhere.
  const common = path.resolve(git, read(path.join(git, "commondir")) ?? ".");
  const remote = target(path.join(common, "refs/remotes/origin/HEAD"), "refs/remotes/origin/");
  const branch = remote ?? target(path.join(git, "HEAD"), "refs/heads/");
  return branch !== null && plain.test(branch) ? branch : null;
}

function gitFolder(folder: string): string | null {
  for (let here = folder; ; here = path.dirname(here)) {
    const found = path.join(here, ".git");
    const kind = statSync(found, { throwIfNoEntry: false });
    if (kind?.isDirectory()) return found;
    const elsewhere = kind?.isFile() ? /^gitdir: (.+)$/u.exec(read(found) ?? "")?.[1] : undefined;
    if (elsewhere !== undefined) return path.resolve(here, elsewhere);
    if (path.dirname(here) === here) return null;
  }
}

function target(file: string, prefix: string): string | null {
  const text = read(file) ?? "";
  return text.startsWith(`ref: ${prefix}`) ? text.slice(`ref: ${prefix}`.length) : null;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
