import { ReactFlowProvider } from "@xyflow/react";
import { Suspense, useEffect } from "react";
import { Loading } from "../ui/Loading";
import { Canvas } from "./canvas/Canvas";
import { Follower } from "./debugger/Follower";
import { Divider } from "./Divider";
import classes from "./EditorScreen.module.css";
import { isOpen, useLayout } from "./window/layout";
import { Panel } from "./Panel";
import { PanelBar } from "./PanelBar";
import { PropertiesPanel, ResultsPanel, ServicePanel } from "./panels";
import { ProblemList } from "./ProblemList";
import { Overlays } from "./Overlays";
import { useLookedAt } from "./window/looked";
import { SidePanel } from "./side/SidePanel";
import { forgetServiceView, useServiceView } from "./window/serviceView";
import { useSide } from "./window/side";
import { RunBar } from "./runbar/RunBar";
import { useEditor, useReadOnly } from "./store/store";
import { DraftWarnings } from "./store/warnings";
import { useBackClosesDrawer } from "./useBackClosesDrawer";

/** The canvas and the panels around it. */
export function Workbench() {
  const tab = useSide((side) => side.tab);
  // Nothing can be added to a prior run; its outline can be looked at.
  const readOnly = useReadOnly();
  const palette = useLayout(isOpen("palette")) && (!readOnly || tab === "outline");
  const properties = useLayout(isOpen("properties"));
  const service = useServiceView((view) => view.open);
  const id = useEditor((state) => state.id);
  useEffect(() => forgetServiceView, [id]);
  const hasResults = useLookedAt() !== null;
  // Beside the canvas an empty panel would only take room; over it, its button was pressed for it.
  const narrow = useLayout((layout) => layout.narrow);
  const results = useLayout(isOpen("results")) && (hasResults || narrow);
  useBackClosesDrawer();
  return (
    <ReactFlowProvider>
      <Follower />
      <DraftWarnings />
      <PanelBar />
      <div className={classes.body}>
        {palette ? (
          <>
            <Panel name="palette" label={SIDE_LABELS[readOnly ? "outline" : tab]}>
              <SidePanel />
            </Panel>
            <Divider panel="palette" side="left" label="Width of the palette" />
          </>
        ) : null}
        <div className={classes.middle}>
          <Canvas />
          <ProblemList />
          <RunBar />
          {results ? (
            <>
              <Divider panel="results" side="below" label="Height of the results" />
              <Panel name="results" label="Results">
                <Suspense fallback={<Loading label="Loading results…" />}>
                  <ResultsPanel />
                </Suspense>
              </Panel>
            </>
          ) : null}
        </div>
        {properties ? (
          <>
            <Divider panel="properties" side="right" label="Width of the properties" />
            <Panel name="properties" label={service ? "Set up web service" : "Properties"}>
              <Suspense fallback={<Loading label="Loading…" />}>
                {service ? <ServicePanel /> : <PropertiesPanel />}
              </Suspense>
            </Panel>
          </>
        ) : null}
      </div>
      <Overlays />
    </ReactFlowProvider>
  );
}

const SIDE_LABELS = { modules: "Palette", outline: "Outline", edits: "Edits" };
