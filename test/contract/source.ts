import { expect, test } from "vitest";
import { SourceError } from "../../src/model/source.ts";
import type { Source } from "../../src/model/source.ts";
import { personFlagFields, personListFields, personTextFields } from "../../src/model/person.ts";
import type { Person } from "../../src/model/person.ts";

/** A source over a small world, and the ways in which that world can fail while it is read. */
export interface SourceCase {
  /** The source over a world that is well; it has at least two people. */
  readonly well: () => Source | Promise<Source>;
  /** The same with one part of the world failing, by what fails. */
  readonly broken: Readonly<Record<string, () => Source | Promise<Source>>>;
}

/** What every source must do, whatever it reads from. */
export function sourceContract(name: string, world: SourceCase): void {
  test(`${name} gives each key once, and keys do not change from one reading to the next`, async () => {
    const keys = (await everybody(await world.well())).map((person) => person.key);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(new Set(keys).size).toBe(keys.length);
    const again = (await everybody(await world.well())).map((person) => person.key);
    expect(again.toSorted()).toEqual(keys.toSorted());
  });

  test(`${name} gives people with every property, and nothing that is null or undefined`, async () => {
    for (const person of await everybody(await world.well())) {
      expect(Object.keys(person).toSorted()).toEqual(propertiesOfPerson);
      expect(absentIn(person, "person")).toEqual([]);
      expect(Object.keys(person.extensionAttributes)).toHaveLength(15);
    }
  });

  test(`${name} ends with the signal's reason when it is aborted, before and while it is read`, async () => {
    const reason = new Error("SIGINT");
    const source = await world.well();
    await expect(everybody(source, AbortSignal.abort(reason))).rejects.toBe(reason);

    const controller = new AbortController();
    let given = 0;
    const reading = (async () => {
      for await (const _ of source.people(controller.signal)) {
        given++;
        controller.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(given).toBe(1);
  });

  for (const [failure, broken] of Object.entries(world.broken)) {
    test(`${name} throws a SourceError instead of giving fewer people: ${failure}`, async () => {
      const error = await everybody(await broken()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SourceError);
      expect(error).toMatchObject({ code: expect.stringMatching(/^[a-z][a-z0-9-]+$/) as unknown });
    });
  }
}

/** Reads a source to its end. */
export async function everybody(
  source: Source,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly Person[]> {
  const people: Person[] = [];
  for await (const person of source.people(signal)) people.push(person);
  return people;
}

const propertiesOfPerson = [
  ...personTextFields,
  ...personListFields,
  ...personFlagFields,
  "key",
  "photo",
  "extensionAttributes",
  "attributes",
].toSorted();

/** Paths of all that is null or undefined, however deep. */
function absentIn(value: unknown, path: string): readonly string[] {
  if (value === null || value === undefined) return [path];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => absentIn(inner, `${path}.${key}`));
}
