import { useCallback, useEffect } from "react";
import { useNavigate, useParams } from "react-router";
import { useFollowRuns } from "./run/hooks";
import { NotFound } from "../ui/NotFound";
import { Loading } from "../ui/Loading";
import { loadAhead } from "../ui/loadAhead";
import { ProblemMessage } from "../ui/ProblemMessage";
import { useTitle } from "../ui/useTitle";
import { useQuery } from "@tanstack/react-query";
import { modulesQuery } from "../api/modules";
import { CatalogContext, useLoadedCatalog } from "./store/catalog";
import { hint } from "./window/hint";
import { useShortcuts } from "./commands/useShortcuts";
import { ConflictDialog } from "./ConflictDialog";
import classes from "./EditorScreen.module.css";
import { HistoryDrawer } from "./HistoryDrawer";
import { setNavigate } from "./window/host";
import { closeOverlay } from "./window/overlays";
import { OpenedNode, ResultsPanel } from "./panels";
import { useRememberResults } from "./window/resultsMemory";
import { onExperimentChanged } from "./store/conflict";
import { useEditor } from "./store/store";
import { useNotifyOfEnd } from "./runbar/useNotifyOfEnd";
import { Toolbar } from "./toolbar/Toolbar";
import { TAKEN_OVER, useExperiment } from "./useExperiment";
import { useViewedRun } from "./useViewedRun";
import { LevelBar } from "./own/LevelBar";
import { ProposalBar } from "./ProposalBar";
import { ViewedRunBar } from "./ViewedRunBar";
import { Workbench } from "./Workbench";

/** One experiment: its draft, or a prior run of it as it was. */
export function EditorScreen() {
  const { id = "", run } = useParams();
  const { again, ...opening } = useExperiment(id);
  const viewError = useViewedRun(run, opening.kind === "open");
  const modules = useQuery(modulesQuery());

  switch (opening.kind) {
    case "loading":
      return <Loading label="Opening the experiment…" />;
    case "missing":
      return <NotFound what="This experiment" />;
    case "failed":
      return (
        <div className={classes.failed}>
          <ProblemMessage title="The experiment could not be opened" error={opening.error} onRetry={again} />
        </div>
      );
    case "open":
      // Without its modules a graph has no ports to draw wires between.
      if (modules.isPending) return <Loading label="Loading modules…" />;
      if (!modules.data) {
        return (
          <div className={classes.failed}>
            <ProblemMessage
              title="The modules could not be loaded"
              error={modules.error}
              onRetry={() => void modules.refetch()}
            />
          </div>
        );
      }
      if (viewError) {
        return (
          <div className={classes.failed}>
            <ProblemMessage title="The run could not be opened" error={viewError} />
          </div>
        );
      }
      return <OpenEditor key={id} id={id} />;
  }
}

function OpenEditor({ id }: { id: string }) {
  const catalog = useLoadedCatalog();
  const navigate = useNavigate();
  useShortcuts();
  useRememberResults(id);
  useEffect(() => setNavigate(navigate), [navigate]);
  useEffect(() => closeOverlay, []);
  useEffect(() => loadAhead([OpenedNode.load, ResultsPanel.load]), []);

  return (
    <CatalogContext value={catalog}>
      <Following id={id} />
      <div className={classes.editor}>
        <Toolbar />
        <ViewedRunBar />
        <ProposalBar />
        <LevelBar />
        <Workbench />
      </div>
      <HistoryDrawer />
      <ConflictDialog />
    </CatalogContext>
  );
}

/** Listens to what happens to the experiment and its runs; apart, since every piece of news draws it anew, and
 * would draw all that stands below it. */
function Following({ id }: { id: string }) {
  useTitle(
    useEditor(({ viewedRun, draft }) =>
      viewedRun ? `Run ${viewedRun.number} of ${draft.name}` : draft.name,
    ),
  );
  useNotifyOfEnd();
  useFollowRuns(
    id,
    useCallback(async (event) => {
      if (await onExperimentChanged(event)) hint(TAKEN_OVER);
    }, []),
  );
  return null;
}
