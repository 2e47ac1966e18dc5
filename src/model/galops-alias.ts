/** Whether an alias is one that galops gives, whatever its sync. */
export function isGalopsAlias(alias: string): boolean {
  return /^galops-[a-z2-7]{26}$/i.test(alias);
}
