import type { RunCommand, RunEnd, RunHeader } from "../model/run.ts";
import { count, flag, list, oneOf, shape, text, textOrNull } from "../plan-format/shapes.ts";
import type { Shape } from "../plan-format/shapes.ts";
import { harmlessJson } from "../text/harmless-json.ts";

/** The only version of journals that this galops writes and reads. */
export const journalVersion = 1;

const commands: readonly RunCommand[] = ["apply", "rollback"];

/** @param key - the encrypted key of the following lines; null when they are not encrypted */
export function headerLine(header: RunHeader, key: string | null): string {
  return harmlessJson({ type: "run", formatVersion: journalVersion, ...inOrder(header), key });
}

/** The context to which the lines of an encrypted journal are bound. */
export function aboutOf(header: RunHeader): string {
  return JSON.stringify(inOrder(header));
}

function inOrder({ run, command, started, configDigest, version, syncs, undoes }: RunHeader): RunHeader {
  const parts = syncs.map(({ name, kind, tenant, tenantId, owner }) => ({
    name,
    kind,
    tenant,
    tenantId,
    owner,
  }));
  return { run, command, started, configDigest, version, syncs: parts, undoes };
}

export function endLine(end: RunEnd): string {
  return harmlessJson({ type: "end", ...end });
}

/** @throws {ShapeError} */
export function readHeaderLine(of: Shape): { readonly header: RunHeader; readonly key: string | null } {
  const syncs = list(of, "syncs").map((item) => {
    const sync = shape(item, "a sync");
    return {
      name: text(sync, "name"),
      kind: text(sync, "kind"),
      tenant: text(sync, "tenant"),
      tenantId: text(sync, "tenantId"),
      owner: text(sync, "owner"),
    };
  });
  const header = {
    run: text(of, "run"),
    command: oneOf(of, "command", commands),
    started: text(of, "started"),
    configDigest: text(of, "configDigest"),
    version: text(of, "version"),
    syncs,
    undoes: textOrNull(of, "undoes"),
  };
  return { header, key: textOrNull(of, "key") };
}

/** @throws {ShapeError} */
export function readEndLine(of: Shape): RunEnd {
  const summary = shape(of["summary"], "summary");
  return {
    ended: text(of, "ended"),
    summary: {
      created: count(summary, "created"),
      updated: count(summary, "updated"),
      deleted: count(summary, "deleted"),
      adopted: count(summary, "adopted"),
      failed: count(summary, "failed"),
      skipped: count(summary, "skipped"),
      ...(summary["renamed"] === undefined ? {} : { renamed: count(summary, "renamed") }),
    },
    interrupted: flag(of, "interrupted"),
  };
}
