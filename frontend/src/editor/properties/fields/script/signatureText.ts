/** The signature of a node's script in one line. Pure. */

import type { ScriptShape } from "../../../../api/types";

interface Wired {
  name: string;
  type: string;
}

/** `wired`: the inputs that are connected, in their order. The first connected table is the first parameter. */
export function signatureText({ takes, model, gives }: ScriptShape, wired: readonly Wired[]): string {
  const tables = wired.filter(({ type }) => type === "table").map(({ name }) => name);
  const taken = takes.map((parameter, place) => {
    const from = parameter.startsWith("*") ? tables.slice(place).join(", ") : tables[place];
    return from ? `${parameter} ← ${from}` : parameter;
  });
  if (model) taken.push(wired.some(({ type }) => type === "model") ? "model ← model" : "model");
  return `azureml_main(${taken.join(", ")}) → ${gives.length > 0 ? gives.join(", ") : "nothing"}`;
}
