import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { tryQuery } from "../../api/trying";
import type { GraphNode } from "../../graph/types";
import { CodeText } from "../../ui/CodeText";
import { useEditor, useReadOnly } from "../store/store";
import classes from "./PropertiesPanel.module.css";

const ROWS = 10_000;
const REST_MS = 500;

/** How the chart will look, drawn of the first rows while it is set up. */
export function ChartPreview({ node }: { node: GraphNode }) {
  const readOnly = useReadOnly();
  const experiment = useEditor((state) => state.id);
  const revision = useEditor((state) => state.revision);
  const saved = useEditor((state) => state.root === state.saved);
  const wired = useEditor((state) => state.draft.wires.some(({ to }) => to.startsWith(`${node.id}.`)));
  const [params] = useDebouncedValue(node.params, REST_MS);
  const asked = wired && !readOnly && saved && params === node.params;
  const preview = useQuery({
    ...tryQuery({ experiment: experiment ?? "", node: node.id, revision, params, rows: ROWS }),
    enabled: asked && experiment !== null,
    placeholderData: keepPreviousData,
  });
  if (readOnly) return null;
  const { data, error } = preview;
  const failure = data?.failure?.message ?? error?.message;
  const chart = Object.values(data?.outputs ?? {}).find(({ type }) => type === "device");
  const picture = chart?.pictures?.find((one) => one.data);
  return (
    <figure className={classes.preview} aria-label="Preview" aria-busy={preview.isFetching}>
      {picture && !failure ? (
        <img
          src={`data:${picture.media_type};base64,${picture.data}`}
          alt={chart?.text ?? "Chart"}
          data-stale={preview.isPlaceholderData}
        />
      ) : null}
      <figcaption role="status">
        {!wired ? (
          "Wire a table to it to see the chart."
        ) : failure ? (
          <CodeText>{failure}</CodeText>
        ) : picture ? (
          `Preview of the first ${ROWS.toLocaleString("en")} rows at most.`
        ) : (
          "Drawing a preview…"
        )}
      </figcaption>
    </figure>
  );
}
