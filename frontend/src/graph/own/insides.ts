/** What is inside of nodes, as one of their params: so that comparing nodes compares that, too. */

import type { Graph, Marked } from "../types";
import { definitionOf, type Definition } from "./definition";

const INSIDE = "What is inside";

export const withInsides = <M extends Marked>(file: M): M & Graph => ({
  ...file,
  nodes: file.nodes.map((node) => {
    const own = definitionOf(file, node);
    return own ? { ...node, params: { ...node.params, [INSIDE]: computed(own) } } : node;
  }),
});

const texts = new WeakMap<Definition, string>();

/** What makes it compute something else, as a text of lines. */
function computed(own: Definition): string {
  const known = texts.get(own);
  if (known !== undefined) return known;
  const { nodes, wires, inputs, outputs, params } = own;
  const text = JSON.stringify(
    {
      nodes: nodes.map(({ id, module, params: values }) => ({ id, module, values })),
      wires,
      inputs: inputs.map(({ name, to }) => ({ name, to })),
      outputs: outputs.map(({ name, from }) => ({ name, from })),
      params: params.map(({ name, node, param }) => ({ name, node, param })),
    },
    null,
    1,
  );
  texts.set(own, text);
  return text;
}
