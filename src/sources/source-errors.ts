import { DirectoryError } from "../directory/directory-error.ts";
import type { Place } from "../model/diagnostic.ts";
import { SourceError } from "../model/source.ts";

/**
 * What a directory could not give, told as a failure of the source that asked; everything else as it is.
 * `place` stands in where the failure names none.
 */
export async function* withSourceErrors<Item>(items: AsyncIterable<Item>, place: Place): AsyncIterable<Item> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    throw new SourceError({
      code: error.code,
      summary: error.summary,
      detail: error.detail,
      place: error.place ?? place,
      cause: error,
    });
  }
}

/** @throws {SourceError} when what Exchange knows of hidden recipients is asked for */
export function refuseExchangeVisibility(config: {
  readonly hiddenFrom: "graph" | "exchange";
  readonly place: Place;
}): void {
  if (config.hiddenFrom === "graph") return;
  throw new SourceError({
    code: "hidden-from-exchange-unsupported",
    summary: "Hidden recipients cannot be read from Exchange yet",
    detail:
      "The source asks for `hiddenFrom: exchange`, which this version cannot read, so that hidden people might be shown. For users write `hiddenFrom: graph`; or leave people out by group, `where` or an extension attribute.",
    place: config.place,
  });
}
