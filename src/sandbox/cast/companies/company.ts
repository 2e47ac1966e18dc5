import type { Json } from "../../tenant/tenant.ts";
import type { Character } from "../cast.ts";

/** A fictional organization. */
export interface Company {
  readonly displayName: string;
  /** Initial domain. */
  readonly organization: string;
  /** Domain of the mail addresses. */
  readonly domain: string;
  /** Makes the same seed generate different tenants for different companies. */
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
  /** Prefix of generated mobile numbers. */
  readonly mobilePrefix: string;
  readonly phonePrefix: string;
}

/** A person or business outside the organization that it keeps as a contact. */
export interface OutsideContact {
  readonly displayName: string;
  readonly mail: string;
  readonly companyName: string;
  readonly phone: string;
  /** False for a business, which has no given name and surname. */
  readonly isPerson: boolean;
  readonly place: Readonly<Record<string, string>>;
  /** Further properties, with Graph's names. */
  readonly more?: Readonly<Record<string, Json>>;
}
