/** What galops init writes: text files by their path in the repository. */
export interface Starter {
  /** GUID of the first sync. */
  readonly owner: string;
  /** Which galops the workflow uses; null where nobody said. */
  readonly actions: ActionsPlace | null;
  /** The branch whose pushes are applied. */
  readonly branch: string;
}

/** Where the reusable workflows are, e.g. `contoso/galops`, and the commit or tag at which they are used. */
export interface ActionsPlace {
  readonly repository: string;
  readonly ref: string;
}

/** What stands in the workflow where nobody said which galops it uses. */
const nowhere: ActionsPlace = { repository: "OWNER/galops", ref: "COMMIT" };

export const workflowFile = ".github/workflows/galops.yml";

const notYet =
  "# Does not run yet: galops init --actions OWNER/galops@COMMIT says which galops it is to use.\n";

/** All files of a starter, in the order in which they are told of. */
export function starterFiles(starter: Starter): ReadonlyMap<string, string> {
  return new Map([
    ["galops.yaml", configText(starter)],
    [workflowFile, workflowText(starter)],
    [".gitignore", ignoreText],
  ]);
}

/** Each line is added to a .gitignore that is there already. */
export const ignoreText = ".galops/\n*.plan\n*.tenant.json\n";

/** A workflow that was written before anybody said which galops it is to use, with that said; null for any other. */
export function completedWorkflow(text: string, { repository, ref }: ActionsPlace): string | null {
  if (!isIncompleteWorkflow(text)) return null;
  const uses = new RegExp(
    `${nowhere.repository}(/\\.github/workflows/[\\w-]+\\.yml)@${nowhere.ref}\\b`,
    "gu",
  );
  return text.replace(notYet, "").replaceAll(uses, (_, file: string) => `${repository}${file}@${ref}`);
}

export function isIncompleteWorkflow(text: string): boolean {
  return text.includes(`uses: ${nowhere.repository}/`);
}

/** The galops that a workflow uses; null where it uses none, or several. */
export function usedPlace(text: string): ActionsPlace | null {
  const uses = /uses: ([\w.-]+\/[\w.-]+)\/\.github\/workflows\/galops-[a-z]+\.yml@(\S+)/gu;
  const places = new Map(
    [...text.matchAll(uses)].map(([, repository = "", ref = ""]) => [
      `${repository}@${ref}`,
      { repository, ref },
    ]),
  );
  const [place = null] = places.values();
  return places.size === 1 ? place : null;
}

/** A workflow that is as it was written here, but for its branch, with another galops to use; null for any other. */
export function repinnedWorkflow(text: string, actions: ActionsPlace): string | null {
  const was = usedPlace(text);
  const branch = /^ {4}branches: \[(.+)\]$/mu.exec(text)?.[1] ?? "";
  return was !== null && text === workflowText({ actions: was, branch })
    ? workflowText({ actions, branch })
    : null;
}

/** A config whose editors complete by the schema of `was`, or of the package, completed by that of `actions`. */
export function repinnedSchema(text: string, was: ActionsPlace | null, actions: ActionsPlace): string {
  const known = new Set([schemaLine(was), schemaLine(null)]);
  const [first = "", ...rest] = text.split("\n");
  return known.has(first) ? [schemaLine(actions), ...rest].join("\n") : text;
}

function schemaLine(actions: ActionsPlace | null): string {
  const folder =
    actions === null
      ? "./node_modules/galops"
      : `https://raw.githubusercontent.com/${actions.repository}/${actions.ref}`;
  return `# yaml-language-server: $schema=${folder}/schemas/galops.schema.json`;
}

function configText({ owner, actions }: Starter): string {
  return `${schemaLine(actions)}
version: 1

tenants:
  contoso:
    # Entra admin center, Overview: the tenant's id.
    tenantId: 00000000-0000-4000-8000-000000000001
    auth:
      # No stored secret: GitHub says which workflow this is, and the app trusts that. See docs/github.md.
      # On your own machine: method: azure-cli (and no clientId).
      method: github-oidc
      clientId: 00000000-0000-4000-8000-000000000002

sources:
  staff:
    kind: users
    tenant: contoso
    # Who counts as a colleague: members that are enabled, licensed and have an address.
    types: [member]
    require: [enabled, licensed, mail]

syncs:
  phone-directory:
    # Marks what this sync makes, for ever: never change it, and never use it for another sync.
    owner: ${owner}
    from: [staff]
    # A CEL expression over each person.
    where: person.mobilePhone != "" || size(person.businessPhones) > 0
    to:
      kind: mailbox-contacts
      tenant: contoso
      # Begin with one mailbox of your own; then groups: [sales@contoso.com], or all: true.
      mailboxes: { users: [ann@contoso.com] }
      # No folder is named: contacts go to the default Contacts folder, the only one that every phone and Outlook shows.
      # What users have there themselves is neither read nor touched.
    # fields:
    #   fileAs: person.surname + ", " + person.givenName
    #   mobilePhone: e164(person.mobilePhone, "PL")
    # How much one run may change; a plan beyond that is refused until somebody allows it.
    limits: { deletes: 10%, creates: 5000 }

# What may be made after the merge beside the approved plan.
approval:
  allow: [drift, source-changed]
`;
}

function workflowText({ actions, branch }: Pick<Starter, "actions" | "branch">): string {
  const { repository, ref } = actions ?? nowhere;
  const uses = (name: string): string => `${repository}/.github/workflows/galops-${name}.yml@${ref}`;
  const secrets = `    secrets:
      plan-passphrase: \${{ secrets.GALOPS_PLAN_PASSPHRASE }}
      redaction-key: \${{ secrets.GALOPS_REDACTION_KEY }}
`;
  return (
    `${actions === null ? notYet : ""}# Plan on review, apply on merge. Set the secret GALOPS_PLAN_PASSPHRASE and the environments galops-plan and galops-apply.
name: galops

on:
  pull_request:
  push:
    branches: [${branch}]
  schedule:
    - cron: "17 5 * * *" # drift
    - cron: "47 * * * *" # sync: people join and leave without a commit

permissions: {}

jobs:
  plan:
    if: github.event_name == 'pull_request'
    permissions:
      contents: read
      id-token: write
      pull-requests: write
    uses: ${uses("plan")}
${secrets}
  apply:
    if: github.event_name == 'push'
    permissions:
      actions: read
      contents: read
      id-token: write
      pull-requests: write
    uses: ${uses("apply")}
${secrets}
  drift:
    if: github.event_name == 'schedule' && github.event.schedule == '17 5 * * *'
    permissions:
      contents: read
      id-token: write
      issues: write
    uses: ${uses("drift")}
${secrets}
  sync:
    if: github.event_name == 'schedule' && github.event.schedule == '47 * * * *'
    permissions:
      contents: read
      id-token: write
    uses: ${uses("sync")}
${secrets}`.trimEnd() + "\n"
  );
}
