import { expressionsAreWhole } from "./expressions.ts";
import { foldersDiffer, phonesShowDefaultFolder } from "./folders.ts";
import { hiddenIsKnown } from "./hidden-people.ts";
import { ownersDiffer } from "./owners.ts";
import { sourcesExist, tenantsExist } from "./references.ts";
import type { Rule } from "./rule.ts";
import { includedIsNotExcluded, mailboxesAreNamed } from "./selections.ts";
import { allIsUsed } from "./unused.ts";

/** What must hold of a config beyond its form. */
export const allRules: readonly Rule[] = [
  tenantsExist,
  sourcesExist,
  ownersDiffer,
  expressionsAreWhole,
  hiddenIsKnown,
  mailboxesAreNamed,
  includedIsNotExcluded,
  foldersDiffer,
  phonesShowDefaultFolder,
  allIsUsed,
];
