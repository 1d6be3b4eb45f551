/** Which experiments have their results open, and at which port; remembered in this browser. */

import { useLayoutEffect } from "react";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { findNode } from "../../graph/read";
import { closePanel, openPanel, useLayout } from "./layout";
import { shownGraph, useEditor } from "../store/store";
import { lookedAt } from "./looked";

interface Shown {
  node: string;
  port: string | null;
}

/** Experiments remembered; the one that was not seen for longest is forgotten first. */
const MOST = 100;

const useRemembered = create<{ open: [experiment: string, shown: Shown][] }>()(
  persist(() => ({ open: [] as [string, Shown][] }), { name: "studio.results" }),
);

function remember(experiment: string, shown: Shown | null): void {
  useRemembered.setState(({ open }) => {
    const others = open.filter(([id]) => id !== experiment).slice(-MOST + 1);
    return { open: shown ? [...others, [experiment, shown]] : others };
  });
}

/** Opens the panel as the experiment had it, else closes it. */
function restoreResults(experiment: string): void {
  if (useLayout.getState().narrow) return; // there it is a drawer over the canvas, closed at first
  const shown = useRemembered.getState().open.find(([id]) => id === experiment)?.[1];
  const there = shown && findNode(shownGraph(useEditor.getState()), shown.node);
  if (!shown || !there) return closePanel("results");
  const { node, port } = shown;
  useEditor.setState({ looked: node, port: port === null ? null : { node, port } });
  openPanel("results");
}

/** Notes how the panel stands now. What is looked at in a prior run is not how one left the experiment. */
function note(experiment: string): void {
  const state = useEditor.getState();
  if (state.id !== experiment || state.viewedRun || useLayout.getState().narrow) return;
  const node = lookedAt(state);
  if (!useLayout.getState().results.open) return remember(experiment, null);
  if (node) remember(experiment, { node, port: state.port?.node === node ? state.port.port : null });
}

/** Once, in the editor of an experiment. */
export function useRememberResults(experiment: string): void {
  useLayoutEffect(() => {
    restoreResults(experiment);
    const stops = [
      useLayout.subscribe((now, before) => {
        if (now.results.open !== before.results.open) note(experiment);
      }),
      useEditor.subscribe((now, before) => {
        if (now.looked !== before.looked || now.port !== before.port) note(experiment);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [experiment]);
}
