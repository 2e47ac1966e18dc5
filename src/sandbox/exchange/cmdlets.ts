import type { CmdletName } from "../tenant/cmdlet-names.ts";
import { contactProperties, mailContactProperties } from "../tenant/exchange-properties.ts";
import { outcome } from "./call.ts";
import type { Call, Outcome } from "./call.ts";
import type { ParameterSpecs, ParameterType } from "./parameters.ts";
import { readCmdlet } from "./read-cmdlets.ts";
import { acceptedDomains } from "./recipients.ts";
import { newMailContact, removeMailContact, setCmdlet } from "./write-cmdlets.ts";

export interface Cmdlet {
  readonly parameters: ParameterSpecs;
  /** @throws {ExchangeProblem} @param made - the number of contacts created since the tenant was opened */
  readonly run: (call: Call, made: number) => Outcome;
}

function all(type: ParameterType, ...names: readonly string[]): ParameterSpecs {
  return Object.fromEntries(names.map((name) => [name, { type }]));
}

function typesOf(properties: typeof contactProperties): ParameterSpecs {
  return Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, { type }]));
}

const identity: ParameterSpecs = { Identity: { type: "text", required: true } };
const switches = all("switch", "Confirm", "WhatIf");

/** Parameters that PowerShell and the module add to every cmdlet. */
const common = all("text", "ErrorAction", "WarningAction");

const listing: ParameterSpecs = {
  ...all("text", "Identity", "Filter", "SortBy"),
  ResultSize: { type: "count" },
  RecipientTypeDetails: { type: "texts" },
  ...all("unmodelled", "Anr", "OrganizationalUnit"),
};

// Parameters that Exchange Online has. Those that only on-premises servers have are treated as unknown.
// https://learn.microsoft.com/en-us/powershell/module/exchangepowershell/set-mailcontact
const unmodelledOfNew = all(
  "unmodelled",
  "MacAttachmentFormat",
  "MessageBodyFormat",
  "MessageFormat",
  "ModeratedBy",
  "ModerationEnabled",
  "OrganizationalUnit",
  "SendModerationNotifications",
  "UsePreferMessageFormat",
);
const unmodelledOfSet = all(
  "unmodelled",
  "AcceptMessagesOnlyFrom",
  "AcceptMessagesOnlyFromDLMembers",
  "AcceptMessagesOnlyFromSendersOrMembers",
  "BypassModerationFromSendersOrMembers",
  "ForceUpgrade",
  "GrantSendOnBehalfTo",
  "MacAttachmentFormat",
  "MailTipTranslations",
  "MessageBodyFormat",
  "MessageFormat",
  "ModeratedBy",
  "ModerationEnabled",
  "RejectMessagesFrom",
  "RejectMessagesFromDLMembers",
  "RejectMessagesFromSendersOrMembers",
  "SendModerationNotifications",
  "UseMapiRichTextFormat",
  "UsePreferMessageFormat",
  "UserCertificate",
  "UserSMimeCertificate",
  "WindowsEmailAddress",
);

const own: Readonly<Record<CmdletName, Cmdlet>> = {
  "New-MailContact": {
    parameters: {
      Name: { type: "text", required: true },
      ExternalEmailAddress: { type: "text", required: true },
      ...all("text", "Alias", "DisplayName", "FirstName", "Initials", "LastName"),
      ...switches,
      ...unmodelledOfNew,
    },
    run: newMailContact,
  },
  "Set-MailContact": {
    parameters: {
      ...identity,
      ...typesOf(mailContactProperties),
      ...all("text", "ExternalEmailAddress"),
      EmailAddresses: { type: "texts" },
      ...switches,
      ...unmodelledOfSet,
    },
    run: setCmdlet("mail-contacts"),
  },
  "Set-Contact": {
    parameters: {
      ...identity,
      ...typesOf(contactProperties),
      ...all("text", "Manager"),
      ...switches,
      ...all("unmodelled", "GeoCoordinates", "PublicFolder", "SeniorityIndex", "WindowsEmailAddress"),
    },
    run: setCmdlet("contacts"),
  },
  "Remove-MailContact": { parameters: { ...identity, ...switches }, run: removeMailContact },
  "Get-MailContact": {
    parameters: { ...listing, ...all("unmodelled", "ModeratedBy") },
    run: readCmdlet("Get-MailContact"),
  },
  "Get-Contact": { parameters: listing, run: readCmdlet("Get-Contact") },
  "Get-Recipient": {
    parameters: {
      ...listing,
      ...all(
        "unmodelled",
        "AuthenticationType",
        "BookmarkDisplayName",
        "Capabilities",
        "Database",
        "IncludeSoftDeletedRecipients",
        "Properties",
        "PropertySet",
        "RecipientPreviewFilter",
        "RecipientType",
      ),
    },
    run: readCmdlet("Get-Recipient"),
  },
  "Get-AcceptedDomain": { parameters: all("text", "Identity"), run: getAcceptedDomain },
  "Get-OrganizationConfig": { parameters: {}, run: getOrganizationConfig },
};

export function cmdletOf(name: CmdletName): Cmdlet {
  const { parameters, run } = own[name];
  return { parameters: { ...parameters, ...common }, run };
}

function getAcceptedDomain({ store, settings, bindings }: Call): Outcome {
  const { organization } = store.state;
  const sought = bindings.get("Identity");
  const domains = acceptedDomains(store.state, settings.acceptedDomains);
  const first = domains.find((domain) => domain !== organization.toLowerCase()) ?? organization;
  const rows = domains
    .filter((domain) => typeof sought !== "string" || sought === "" || sought.toLowerCase() === domain)
    .map((domain) => ({
      DomainName: domain,
      DomainType: "Authoritative",
      Default: domain === first,
      InitialDomain: domain === organization.toLowerCase(),
      MatchSubDomains: false,
      Name: domain,
      Identity: domain,
      Id: domain,
    }));
  return outcome(rows);
}

function getOrganizationConfig({ store }: Call): Outcome {
  const { organization, displayName, tenantId } = store.state;
  return outcome([
    {
      DisplayName: displayName,
      Name: organization,
      Identity: organization,
      Id: organization,
      Guid: tenantId,
    },
  ]);
}
