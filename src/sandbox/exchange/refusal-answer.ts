import { createHash } from "node:crypto";
import type { ErrorForm } from "../tenant/exchange-settings.ts";
import type { JsonObject } from "../tenant/tenant.ts";
import { jsonAnswer } from "../wire/wire.ts";
import type { WireAnswer } from "../wire/wire.ts";
import type { CmdletFailure, Refusal } from "./exchange-problem.ts";

/** Encodes a refusal in one of Exchange's error forms. */
export function refusalAnswer(refusal: Refusal, form: ErrorForm): WireAnswer {
  switch (refusal.kind) {
    case "cmdlet":
      return failureAnswer(refusal, form);
    case "binding": {
      const type = "Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException";
      const details = [{ code: "Context", target: "", message: `|${type}|${refusal.text}` }];
      const innererror = inner("Invalid Operation", { message: refusal.text, type });
      return errorAnswer(400, { code: "BadRequest", message: "Invalid Operation", details, innererror });
    }
    case "conversion": {
      const type = "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException";
      const innererror = inner("Invalid Operation", { message: refusal.text, type });
      return errorAnswer(400, { code: "BadRequest", message: "Invalid Operation", innererror });
    }
    case "operation": {
      const { exception } = refusal;
      const error = { code: "BadRequest", message: "Invalid Operation" };
      if (exception === null) return errorAnswer(400, error);
      const innererror = inner("Invalid Operation", { message: exception, type: "System.Exception" });
      return errorAnswer(400, { ...error, innererror });
    }
    case "wordless":
      return wordlessAnswer(refusal);
    case "not-modelled": {
      const message = `The sandbox tenant does not know ${refusal.what}.`;
      return errorAnswer(501, { code: "NotImplemented", message });
    }
  }
}

function failureAnswer({ inJson, ...failure }: CmdletFailure, form: ErrorForm): WireAnswer {
  const { status, code, type, text } = form === "json" ? { ...failure, ...inJson } : failure;
  const id = `Ex${createHash("sha256").update(type).digest("hex").slice(0, 6).toUpperCase()}`;
  const message =
    form === "json"
      ? JSON.stringify({ Message: text, TypeName: type, StackTrace: null, InnerError: null })
      : `${id}|${type}|${text}`;
  const details = [{ code: form === "json" ? "Context" : "Client", target: "", message }];
  const invoked = "Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException";
  const innererror = inner("Error executing cmdlet", {
    message: `Exception of type '${invoked}' was thrown.`,
    type: invoked,
  });
  return errorAnswer(
    status,
    {
      code,
      message: "Error executing cmdlet",
      details,
      innererror,
      "adminapi.warnings@odata.type": "#Collection(String)",
      "@adminapi.warnings": [],
    },
    { "X-ExceptionType": type.split(".").at(-1) ?? type },
  );
}

function inner(message: string, exception: { readonly message: string; readonly type: string }): JsonObject {
  const type = "Microsoft.Exchange.Admin.OData.Core.ODataServiceException";
  return { message, type, stacktrace: "", internalexception: { ...exception, stacktrace: "" } };
}

function errorAnswer(
  status: number,
  error: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  return jsonAnswer(status, JSON.stringify({ error }), headers);
}

/** The body of the answer for a missing role; decoded as text it is empty. */
const nothing = new Uint8Array(4096);

function wordlessAnswer({ status, headers }: Extract<Refusal, { kind: "wordless" }>): WireAnswer {
  if (status !== 403) return { status, headers, body: null };
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: nothing };
}
