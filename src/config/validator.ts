import { compileSchema } from "./compile-schema.ts";

/**
 * Checks a config by the schema, part by part; the problems of the last one are in its `errors`.
 *
 * In dist/ the build puts the compiled code in the place of this module: compiling takes as long as all the rest of
 * `galops validate`.
 */
export const { validate } = compileSchema();
