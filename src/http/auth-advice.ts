/** Explains an Entra ID error to the person who set galops up. */
export interface Advice {
  /** Stable, kebab-case. */
  readonly code: string;
  /** Full sentences: what is wrong and what to do. */
  readonly message: string;
}

const secretWrong: Advice = {
  code: "client-secret-wrong",
  message:
    "The client secret does not belong to the application. Use the secret's value, not its id, and make sure that it is a secret of this application.",
};
const secretExpired: Advice = {
  code: "client-secret-expired",
  message: "The client secret has expired. Create a new one in the app registration.",
};
const certificateUnknown: Advice = {
  code: "certificate-not-registered",
  message:
    "The certificate is not registered with the application, or has expired. Upload its public part to the app registration.",
};
const noApplication: Advice = {
  code: "application-not-found",
  message:
    "The application does not exist in this tenant. Check `clientId` and `tenantId`, and whether an administrator of the tenant has granted consent.",
};
const noTenant: Advice = {
  code: "tenant-not-found",
  message: "The tenant does not exist in this cloud. Check `tenantId` and `cloud`.",
};
const noFederation: Advice = {
  code: "federated-credential-mismatch",
  message:
    "No federated credential of the application matches the workload. Compare its issuer, subject and audience, character by character, with those named here.",
};
const assertionExpired: Advice = {
  code: "assertion-expired",
  message:
    "The proof of identity has expired or is not valid yet. Check this machine's clock, then run again.",
};
const assertionInvalid: Advice = {
  code: "assertion-invalid",
  message:
    "The proof of identity is not valid. Check the issuer and audience of the federated credential, or the certificate and its key.",
};
const applicationDisabled: Advice = {
  code: "application-disabled",
  message: "The application is disabled in this tenant. An administrator can enable it.",
};
const conditionalAccess: Advice = {
  code: "blocked-by-conditional-access",
  message:
    "A Conditional Access policy blocks the sign-in. An administrator can exclude the workload from the policy or allow its location.",
};
const resourceUnknown: Advice = {
  code: "resource-not-found",
  message:
    "The service does not exist in the tenant. Check `cloud`; a new tenant may need its first license.",
};
const signInAgain: Advice = {
  code: "sign-in-again",
  message: "The Azure CLI session has expired or needs a second factor. Run `az login` for this tenant.",
};

/**
 * Advice by AADSTS error number.
 *
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
const byNumber: ReadonlyMap<number, Advice> = new Map([
  [7000215, secretWrong],
  [7000218, secretWrong],
  [7000222, secretExpired],
  [700027, certificateUnknown],
  [700016, noApplication],
  [700038, noApplication],
  [7000112, applicationDisabled],
  [90002, noTenant],
  [900021, noTenant],
  [900023, noTenant],
  [70021, noFederation],
  [700211, noFederation],
  [700212, noFederation],
  [700213, noFederation],
  [700024, assertionExpired],
  [50013, assertionInvalid],
  [700023, assertionInvalid],
  [700025, assertionInvalid],
  [53003, conditionalAccess],
  [530035, conditionalAccess],
  [500011, resourceUnknown],
  [50076, signInAgain],
  [50078, signInAgain],
  [50079, signInAgain],
  [50173, signInAgain],
  [70043, signInAgain],
  [700082, signInAgain],
]);

/**
 * Looks up the advice for an AADSTS error number.
 *
 * @returns null when the table has no entry
 */
export function adviceFor(aadsts: number): Advice | null {
  return byNumber.get(aadsts) ?? null;
}
