import { Button } from "@mantine/core";
import { IconPlayerPlay, IconRefreshAlert } from "@tabler/icons-react";
import type { Run } from "../../api/types";
import { findNode, nodeName } from "../../graph/read";
import { useStaleNodes } from "../run/stale";
import { CodeText } from "../../ui/CodeText";
import { plural } from "../../ui/words";
import { useCatalog } from "../store/catalog";
import { canvasView } from "../window/view";
import { perform } from "../commands/command";
import { runCommand } from "../commands/running";
import { select } from "../store/selection";
import { useShownGraph } from "../store/store";
import classes from "./RunBar.module.css";

/** Says that results on the screen are not those of the graph as it is now, and why. */
export function StaleResults({ run }: { run: Run }) {
  const stale = [...useStaleNodes()].filter(([id]) => id in run.nodes);
  const graph = useShownGraph();
  const catalog = useCatalog();
  const [first] = stale;
  if (!first) return null;
  const [id, why] = first;
  const node = findNode(graph, id);
  return (
    <section aria-label="Stale results" className={classes.bar} data-kind="stale">
      <IconRefreshAlert size={16} stroke={1.75} aria-hidden className={classes.staleIcon} />
      <span className={classes.text}>
        {stale.length === 1 ? "1 result is stale" : `${plural(stale.length, "result")} are stale`}
      </span>
      <button
        type="button"
        className={classes.reason}
        onClick={() => {
          select([id]);
          canvasView()?.reveal(id);
        }}
      >
        {node ? `${nodeName(catalog, node)}: ` : ""}
        <CodeText>{why}</CodeText>
      </button>
      <span className={classes.gap} />
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlayerPlay size={14} />}
        onClick={() => perform(runCommand)}
      >
        Bring up to date
      </Button>
    </section>
  );
}
