/** Options by which the next command finds again what this one was about. */
interface Given {
  readonly config?: string;
  readonly journal?: string;
  readonly sync?: readonly string[];
  readonly mailbox?: readonly string[];
}

/** Command lines to go on with. */
export interface NextCommands {
  readonly plan: string;
  readonly apply: string;
  readonly rollback: (run: string) => string;
}

export function nextCommands({ config, journal, sync = [], mailbox = [] }: Given): NextCommands {
  const ofConfig = config === undefined ? [] : ["-c", config];
  const ofJournal = journal === undefined ? [] : ["--journal", journal];
  const narrowed = [
    ...sync.flatMap((name) => ["--sync", name]),
    ...mailbox.flatMap((one) => ["--mailbox", one]),
  ];
  return {
    plan: commandLine(["galops", "plan", ...ofConfig, ...narrowed]),
    apply: commandLine(["galops", "apply", ...ofConfig, ...narrowed, ...ofJournal]),
    rollback: (run) => commandLine(["galops", "rollback", run, ...ofConfig, ...ofJournal]),
  };
}

/** Each word as a shell takes it for one. */
export function commandLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(" ");
}
