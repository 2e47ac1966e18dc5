import type { ScriptedResponse } from "./scripted-fetch.ts";

// Errors of Exchange Online as others have seen them, word for word where their words are known.

/** The form with pipes, as most cmdlets fail. */
export function pipeError(status: number, code: string, message: string): ScriptedResponse {
  return {
    status,
    headers: { "request-id": "r-1" },
    json: {
      error: {
        code,
        message: "Error executing cmdlet",
        details: [{ code: "Client", target: "", message }],
        innererror: {
          message: "Error executing cmdlet",
          type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
          stacktrace: "   at Microsoft.Exchange.Admin.OData.Core.Something()",
          internalexception: {
            message:
              "Exception of type 'Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException' was thrown.",
            type: "Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException",
            stacktrace: "",
          },
        },
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": [],
      },
    },
  };
}

export const notFound = pipeError(
  404,
  "NotFound",
  "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found on 'YQBPR01A12DC007.CANPR01A012.PROD.OUTLOOK.COM'.",
);

export const addressInUse = pipeError(
  409,
  "Conflict",
  'Ex1472D1|Microsoft.Exchange.Data.Directory.ProxyAddressExistsException|The proxy address "SMTP:anna.meyer@contoso.com" is already being used by the proxy addresses or LegacyExchangeDN of "3f0e7b9c". Please choose another proxy address.',
);

export const nameInUse = pipeError(
  500,
  "InternalServerError",
  '|Microsoft.Exchange.Configuration.Tasks.RecipientTaskException|There are multiple recipients matching identity "Anna Meyer". Please specify a unique value.',
);

/** The same failure, said by another part of Exchange, as JSON in a text. */
export const objectExists: ScriptedResponse = {
  status: 400,
  json: {
    error: {
      code: "BadRequest",
      message: "Error executing cmdlet",
      details: [
        {
          code: "Context",
          target: "",
          message:
            '{"Message":"The object \'CN=rg,OU=x\' already exists.","TypeName":"Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException","StackTrace":null,"InnerError":null}',
        },
      ],
      innererror: { message: "Error executing cmdlet", type: "ODataServiceException" },
    },
  },
};

export const invalidAddress = pipeError(
  400,
  "BadRequest",
  "|Microsoft.Exchange.Configuration.Tasks.RecipientTaskException|The external e-mail address foo is not an SMTP e-mail address.",
);

export const creationQuota = pipeError(
  400,
  "BadRequest",
  "Ex9AE2C1|Microsoft.Exchange.Management.Tasks.RecipientUsageExceededRecentQuotaException|You've reached the maximum number of mail users and contacts you can create at this time.",
);

export const lingers = pipeError(
  500,
  "InternalServerError",
  "|Microsoft.Exchange.Configuration.Tasks.RecipientTaskException|Required field ExternalDirectoryObjectId was not returned from Graph API",
);

export const directoryWriteFailed = pipeError(
  500,
  "InternalServerError",
  "|Microsoft.Exchange.Configuration.DualWrite.LocStrings.UnableToWriteToAadException|An Azure Active Directory call was made to keep object in sync between Azure Active Directory and Exchange Online. However, it failed.",
);

export const directorySynced = pipeError(
  400,
  "BadRequest",
  "|Microsoft.Exchange.Configuration.Tasks.InvalidOperationInContextException|The operation on mailbox \"x\" failed because it's out of the current user's write scope. The action 'Set-MailContact', 'EmailAddresses', can't be performed on the object 'x' because the object is being synchronized from your on-premises organization.",
);

export const wrongOrganization = pipeError(
  500,
  "InternalServerError",
  "|Microsoft.Exchange.Data.Directory.ADTransientException|Object 'CN=SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c},OU=MngEnvMCAP576786.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=NAMPR05A009,DC=PROD,DC=OUTLOOK,DC=COM' does not belong to partition 'GBRP265.PROD.OUTLOOK.COM' that current AD session is bound to.",
);

export const tooLong: ScriptedResponse = {
  status: 400,
  json: {
    error: {
      code: "BadRequest",
      message: "Invalid Operation",
      innererror: {
        internalexception: {
          message:
            "Cannot process argument transformation on parameter 'Name'. The length of the property is too long. The maximum length is 64 and the length of the value provided is 70.",
          type: "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException",
        },
      },
    },
  },
};

const unknownParameterText =
  "|Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException|Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. BogusParameter";

export const unknownParameter: ScriptedResponse = {
  status: 400,
  json: {
    error: {
      code: "BadRequest",
      message: "Invalid Operation",
      details: [{ code: "Client", target: "", message: unknownParameterText }],
      innererror: { internalexception: { message: unknownParameterText, type: "" } },
    },
  },
};

/** No details at all. */
export const badValue: ScriptedResponse = {
  status: 400,
  json: {
    error: {
      code: "BadRequest",
      message: "Invalid Operation",
      innererror: {
        message: "Invalid Operation",
        internalexception: {
          message:
            "Cannot process argument transformation on parameter 'QuarantineTypes'. Cannot convert value \"Nonsense\" to type",
          type: "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException",
        },
      },
    },
  },
};

export const forbidden: ScriptedResponse = { status: 403, bytes: new Uint8Array(4096) };

export const expiredCursor: ScriptedResponse = {
  status: 400,
  json: {
    error: {
      code: "BadRequest",
      message: "Invalid Operation",
      innererror: {
        message: "Invalid Operation",
        type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
        stacktrace: "",
        internalexception: {
          message: "Expired or Invalid pagination request. Default Expiry time is 00:30:00",
          type: "System.Exception",
          stacktrace: "",
        },
      },
    },
  },
};

export const plainThrottle =
  "You have reached the maximum number of concurrent requests per tenant. Please wait and try again.";

export const busy = pipeError(
  400,
  "BadRequest",
  "|Microsoft.Exchange.Data.Storage.ServerBusyException|The server is too busy.",
);

export const directoryTransient = pipeError(
  500,
  "InternalServerError",
  "|Microsoft.Exchange.Data.Directory.ADTransientException|The call to Microsoft Exchange Active Directory Topology service failed.",
);
