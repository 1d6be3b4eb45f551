/** Where the nodes of a tree are drawn: leaves side by side, parents above the middle of their children. Pure. */

import type { TreeNode } from "../../api/models";

export interface Placed {
  node: TreeNode;
  /** In columns from the left and levels from above. */
  x: number;
  y: number;
  parent: { x: number; y: number; side: "left" | "right" } | null;
}

export function layTree(root: TreeNode): { nodes: Placed[]; columns: number; levels: number } {
  const nodes: Placed[] = [];
  let columns = 0;
  let levels = 0;
  const lay = (node: TreeNode, y: number): number => {
    levels = Math.max(levels, y + 1);
    const left = node.left ? lay(node.left, y + 1) : null;
    const right = node.right ? lay(node.right, y + 1) : null;
    const x = left !== null && right !== null ? (left + right) / 2 : (left ?? right ?? columns);
    if (left === null && right === null) columns += 1;
    nodes.push({ node, x, y, parent: null });
    return x;
  };
  lay(root, 0);
  const at = new Map(nodes.map((placed) => [placed.node, placed]));
  for (const { node, x, y } of nodes) {
    for (const side of ["left", "right"] as const) {
      const child = node[side] ? at.get(node[side]) : undefined;
      if (child) child.parent = { x, y, side };
    }
  }
  return { nodes, columns, levels };
}
