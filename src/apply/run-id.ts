/** Creates a name for a run that sorts by time: `20261124T084939Z-3f1c`. */
export function runId(now: number, random: () => number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const tail = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, "0");
  return `${time}-${tail}`;
}
