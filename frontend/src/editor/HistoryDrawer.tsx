import { Drawer } from "@mantine/core";
import { deepName } from "../graph/own/find";
import { RunHistory } from "../runs/history/RunHistory";
import { useCatalog } from "./store/catalog";
import { closeOverlay, useOverlay } from "./window/overlays";
import { useEditor } from "./store/store";

/** The experiment's runs, beside the canvas. */
export function HistoryDrawer() {
  const opened = useOverlay((state) => state.open?.kind === "history");
  const id = useEditor((state) => state.id);
  const viewed = useEditor((state) => state.viewedRun?.id);
  const catalog = useCatalog();
  const name = (node: string) => deepName(useEditor.getState().root, catalog, node) ?? undefined;
  return (
    <Drawer opened={opened} onClose={closeOverlay} position="right" size={420} title="Run history">
      {id ? <RunHistory experiment={id} current={viewed} nodeName={name} onOpen={closeOverlay} /> : null}
    </Drawer>
  );
}
