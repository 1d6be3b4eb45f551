/** Shows what lies on an output port, or what a node printed (the port `log`). */

import { openPanel } from "./layout";
import { showPort } from "../store/selection";

export const LOG = "log";

export function lookAt(node: string, port: string): void {
  showPort(node, port);
  openPanel("results");
}
