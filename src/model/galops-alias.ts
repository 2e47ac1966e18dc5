/** Whether an alias was assigned by galops, for any sync. */
export function isGalopsAlias(alias: string): boolean {
  return /^galops-[a-z2-7]{26}$/i.test(alias);
}
