import type { Answer, Tenant } from "../world.ts";

const space = "{ac9346ba-865a-4bbf-abe1-956d154e60b3}";

export const ownerId = `String ${space} Name galops.owner`;

export const keyId = `String ${space} Name galops.key`;

export const contacts = "/users/bo@contoso.com/contacts";

export function make(tenant: Tenant, body: object, headers = {}): Promise<Answer> {
  return tenant.ask("POST", contacts, { body, headers });
}
