import { Environment } from "@marcbachmann/cel-js";
import { functions, methods } from "./functions.ts";
import { personTypes } from "./properties.ts";

/**
 * Creates the environment in which the CEL library parses and checks expressions: the typed `person` and `mailbox`, and
 * our functions. Its limits are far above what people write and far below what would delay a run.
 *
 * It always declares `mailbox`; our own check reports its use in a source, with a better message.
 */
export function createEnvironment(): Environment {
  const environment = new Environment({
    limits: {
      maxAstNodes: 500,
      maxDepth: 50,
      maxListElements: 200,
      maxMapEntries: 200,
      maxCallArguments: 10,
    },
  });
  const person = Object.fromEntries(personTypes);
  environment.registerVariable("person", { schema: person });
  environment.registerVariable("mailbox", { schema: { ...person, folder: "string" } });
  for (const { declares } of [...functions.values(), ...methods.values()]) {
    for (const signature of declares) environment.registerFunction(signature, neverCalled);
  }
  return environment;
}

/** The library only checks expressions; `translate` evaluates them. */
function neverCalled(): never {
  throw new Error("the CEL library was asked to evaluate");
}
