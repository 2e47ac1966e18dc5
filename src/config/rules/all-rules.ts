import { expressionsAreWhole } from "./expressions.ts";
import { folderIsNotNamedAsDefault, foldersDiffer, phonesShowDefaultFolder } from "./folders.ts";
import { hiddenIsKnown } from "./hidden-people.ts";
import { namesDiffer, ownersAreChosen, ownersDiffer } from "./owners.ts";
import { idsAreFilledIn } from "./placeholders.ts";
import { sourcesExist, tenantsExist } from "./references.ts";
import { organizationIsKnown, ownedDomainsDiffer, publicDomainsAreMeant } from "./mail-contacts.ts";
import type { Rule } from "./rule.ts";
import { includedIsNotExcluded, mailboxesAreNamed } from "./selections.ts";
import { fieldsFitTarget, optionsFitTarget, stampIsFree } from "./target-kinds.ts";
import { allIsUsed } from "./unused.ts";

/** What must hold of a config beyond its form. */
export const allRules: readonly Rule[] = [
  tenantsExist,
  idsAreFilledIn,
  sourcesExist,
  namesDiffer,
  ownersDiffer,
  ownersAreChosen,
  expressionsAreWhole,
  hiddenIsKnown,
  mailboxesAreNamed,
  includedIsNotExcluded,
  foldersDiffer,
  folderIsNotNamedAsDefault,
  phonesShowDefaultFolder,
  fieldsFitTarget,
  optionsFitTarget,
  stampIsFree,
  ownedDomainsDiffer,
  publicDomainsAreMeant,
  organizationIsKnown,
  allIsUsed,
];
