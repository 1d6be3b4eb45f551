/** The way from an error to its line in the script. */

import { create } from "zustand";
import { openPanel } from "./layout";
import { select } from "../store/selection";

interface Target {
  node: string;
  line: number;
}

export const useLineTarget = create<{ target: Target | null }>(() => ({ target: null }));

/** Opens the node's script at a line, counted from 1. */
export function goToLine(node: string, line: number): void {
  select([node]);
  openPanel("properties");
  useLineTarget.setState({ target: { node, line } });
}
