import type { Json } from "../../tenant/tenant.ts";
import type { Character } from "../cast.ts";

/** An organization that does not exist. */
export interface Company {
  readonly displayName: string;
  /** Initial domain. */
  readonly organization: string;
  /** Domain of the mail addresses. */
  readonly domain: string;
  /** Makes the same seed give another tenant than that of other companies. */
  readonly salt: number;
  /** The first people of its tenant. */
  readonly cast: readonly Character[];
  readonly office: Office;
  readonly orgContacts: readonly OutsideContact[];
}

interface Office {
  readonly room: string;
  readonly streetAddress: string;
  readonly postalCode: string;
  readonly city: string;
  readonly state: string | null;
  readonly country: string;
  /** ISO 3166. */
  readonly usageLocation: string;
  /** How telephone numbers begin that nobody chose. */
  readonly mobilePrefix: string;
  readonly phonePrefix: string;
}

/** Somebody outside whom the organization keeps as a contact. */
export interface OutsideContact {
  readonly displayName: string;
  readonly mail: string;
  readonly companyName: string;
  readonly phone: string;
  /** False for what is no person and has no names. */
  readonly isPerson: boolean;
  readonly place: Readonly<Record<string, string>>;
  /** More of it, in Graph's words. */
  readonly more?: Readonly<Record<string, Json>>;
}
