import { notifications } from "@mantine/notifications";
import { findNode } from "../../graph/read";
import { addModule } from "../commands/addModule";
import { useEditor } from "../store/store";

const BELOW = 120;

/** Puts what was asked of a port's rows on the canvas: an Apply SQL Transformation wired to that port. */
export function addQuery(node: string, port: string, sql: string): void {
  const above = findNode(useEditor.getState().draft, node);
  addModule({
    module: "apply-sql-transformation",
    params: { sql, engine: "duckdb" },
    ...(above && { position: { x: above.position.x, y: above.position.y + BELOW } }),
    wire: { end: { node, port }, side: "output", port: "t1" },
  });
  notifications.show({ message: "Added Apply SQL Transformation below this node." });
}
