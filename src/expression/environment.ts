import { Environment } from "@marcbachmann/cel-js";
import { functions, methods } from "./functions.ts";
import { personTypes } from "./properties.ts";

/**
 * What the CEL library parses and checks expressions by: the typed `person` and `mailbox`, and our functions. The
 * limits are far above what people write, and far below what would hold up a run.
 *
 * It knows `mailbox` also where there is none; that a source has none is said by our own check, in our words.
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

/** The library only checks; expressions are worked out by `translate`. */
function neverCalled(): never {
  throw new Error("the CEL library was asked to evaluate");
}
