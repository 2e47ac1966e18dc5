/** The cmdlets that the sandbox has. */
export const cmdletNames = [
  "New-MailContact",
  "Set-MailContact",
  "Set-Contact",
  "Remove-MailContact",
  "Get-MailContact",
  "Get-Contact",
  "Get-Recipient",
  "Get-AcceptedDomain",
  "Get-OrganizationConfig",
] as const;
export type CmdletName = (typeof cmdletNames)[number];

/** Finds a cmdlet by name, ignoring case; null for an unknown one. */
export function cmdletNamed(name: string): CmdletName | null {
  return cmdletNames.find((known) => known.toLowerCase() === name.toLowerCase()) ?? null;
}
