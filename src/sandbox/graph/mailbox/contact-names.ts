import type { Json } from "../../tenant/tenant.ts";

type Properties = Readonly<Record<string, Json | undefined>>;

/** Writing one of these makes Exchange recompose the composed names, unless they are written too. */
export const nameParts: readonly string[] = [
  "title",
  "givenName",
  "middleName",
  "surname",
  "generation",
  "nickName",
  "companyName",
];

/** The display name that Exchange composes; "" when there is nothing to compose it from. */
export function composedDisplayName(properties: Properties): string {
  const name = words(properties, ["title", "givenName", "middleName", "surname", "generation"]).join(" ");
  return name || text(properties["companyName"]) || text(properties["nickName"]);
}

/** "Surname, Given Middle" */
export function composedFileAs(properties: Properties): string {
  const given = words(properties, ["givenName", "middleName"]).join(" ");
  const surname = text(properties["surname"]);
  if (surname !== "" && given !== "") return `${surname}, ${given}`;
  return surname || given || text(properties["companyName"]);
}

/** "A.E." */
export function composedInitials(properties: Properties): string {
  return words(properties, ["givenName", "middleName", "surname"])
    .map((word) => `${String.fromCodePoint(word.codePointAt(0) ?? 0x3f)}.`)
    .join("");
}

function words(properties: Properties, names: readonly string[]): readonly string[] {
  return names.map((name) => text(properties[name])).filter((word) => word !== "");
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}
