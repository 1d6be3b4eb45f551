/** Runs beside the page: dagre needs seconds for a thousand nodes. */

import * as dagre from "@dagrejs/dagre";
import type { Tidied, Untidy } from "../../graph/tidy";

self.onmessage = ({ data }: MessageEvent<Untidy>) => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "TB",
    nodesep: 40,
    ranksep: 56,
    ranker: data.boxes.length > 200 ? "tight-tree" : "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of data.boxes) graph.setNode(id, { width, height });
  data.wires.forEach(({ from, to }, index) => graph.setEdge(from, to, {}, String(index)));
  dagre.layout(graph);
  const answer: Tidied = data.boxes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id);
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  self.postMessage(answer);
};
