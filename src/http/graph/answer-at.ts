import type { BatchAnswer } from "./graph.ts";

/** Gets the answer to one request of a batch. */
export function answerAt<Body>(answers: readonly BatchAnswer<Body>[], index: number): BatchAnswer<Body> {
  const answer = answers[index];
  if (answer === undefined) throw new Error("A batch has fewer answers than requests.");
  return answer;
}
