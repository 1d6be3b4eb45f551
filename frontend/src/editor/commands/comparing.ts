/** Verbs that set two versions of the experiment side by side. */

import { IconArrowsDiff, IconGitCompare } from "@tabler/icons-react";
import { runsQuery } from "../../api/runs";
import { queries } from "../../api/queryClient";
import { showProblem } from "../../ui/showProblem";
import { goTo } from "../window/host";
import { latestRun } from "../run/nodeResult";
import { saveNow } from "../store/autosave";
import { useEditor } from "../store/store";
import type { Command } from "./command";
import { openCompareModels } from "./openCompareModels";

const state = useEditor.getState;
const hasRun = () => latestRun() !== null;

/** The last two runs; where there was but one, that one and the draft. */
async function compareRuns(): Promise<void> {
  const { id } = state();
  if (id === null) return;
  try {
    const { items } = await queries.fetchQuery({ ...runsQuery(id, { limit: 2 }), staleTime: 0 });
    const [latest, before] = items;
    if (!latest) return;
    goTo(`/experiments/${id}/compare/${before ? `${before.id}/${latest.id}` : `${latest.id}/draft`}`);
  } catch (error) {
    showProblem("The runs could not be looked up", error);
  }
}

async function compareWithDraft(run: string | undefined): Promise<void> {
  await saveNow();
  if (run) goTo(`/experiments/${state().id}/compare/${run}/draft`);
}

export const comparing: Command[] = [
  {
    id: "compare-runs",
    label: "Compare runs: the last two",
    group: "Go",
    Icon: IconArrowsDiff,
    enabled: hasRun,
    needs: "Run the experiment first",
    run: compareRuns,
  },
  {
    id: "compare-draft",
    label: () =>
      state().viewedRun ? "Compare this run with the draft" : "Compare the latest run with the draft",
    group: "Go",
    Icon: IconArrowsDiff,
    enabled: hasRun,
    needs: "Run the experiment first",
    run: () => compareWithDraft(state().viewedRun?.id ?? latestRun()?.id),
  },
  {
    id: "compare-models",
    label: "Compare models…",
    group: "Go",
    Icon: IconGitCompare,
    enabled: hasRun,
    needs: "Run the experiment first",
    run: () => openCompareModels(),
  },
];
