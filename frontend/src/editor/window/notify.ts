/** A desktop notification when a run ends while nobody looks at the tab. Asked for once, by a press of a button. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { RunHead } from "../../api/types";
import { plural } from "../../ui/words";

/** `wanted` is null until somebody said yes or no. */
export const useNotify = create<{ wanted: boolean | null }>()(
  persist((): { wanted: boolean | null } => ({ wanted: null }), { name: "studio.notify" }),
);

export const canNotify = (): boolean => "Notification" in window && Notification.permission !== "denied";

/** Asks the browser's leave; to be called by the user's own action, or browsers refuse. */
export async function askToNotify(): Promise<boolean> {
  const answer = canNotify() ? await Notification.requestPermission() : "denied";
  useNotify.setState({ wanted: answer === "granted" });
  return answer === "granted";
}

/** Tells of a run that has just ended, where the tab is hidden and this was asked for. */
export function notifyOfEnd(name: string, run: RunHead): void {
  if (!document.hidden || !useNotify.getState().wanted) return;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(`${name}: run ${run.number} ${run.state}`, {
    body: endText(run),
    tag: `studio-run-${run.id}`,
  });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}

/** "3 nodes finished, 1 failed, 2 skipped" */
export function endText({ counts }: Pick<RunHead, "counts">): string {
  const parts = [];
  if (counts.finished) parts.push(`${plural(counts.finished, "node")} finished`);
  if (counts.failed) parts.push(`${plural(counts.failed, "node")} failed`);
  if (counts.skipped) parts.push(`${counts.skipped} skipped`);
  if (counts.cancelled) parts.push(`${counts.cancelled} cancelled`);
  return parts.join(", ");
}
