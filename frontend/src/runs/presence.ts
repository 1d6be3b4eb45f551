/** Who else has the open experiment open, as the socket says. */

import { create } from "zustand";
import { clientId } from "../api/client";
import type { PresenceEvent } from "./events";

export type Tab = PresenceEvent["here"][number];

/** `me` is whose this tab is; `others` are the other tabs. */
export const usePresence = create<{ me: string; others: Tab[] }>(() => ({ me: "", others: [] }));

export function noticeTabs({ here }: PresenceEvent): void {
  const mine = here.find(({ client }) => client === clientId);
  usePresence.setState(({ me }) => ({
    me: mine?.name ?? me,
    others: here.filter(({ client }) => client !== clientId),
  }));
}

export const forgetTabs = (): void => usePresence.setState({ others: [] });

/** "Also open in another tab of yours", "Ada and 2 other tabs of yours have it open, too". */
export function presenceText(me: string, others: readonly Tab[]): string {
  const mine = others.filter(({ name }) => name === me).length;
  const people = [...new Set(others.map(({ name }) => name).filter((name) => name !== me))];
  const parts = [...people];
  if (mine > 0) parts.push(mine === 1 ? "another tab of yours" : `${mine} other tabs of yours`);
  const last = parts.pop() ?? "";
  return parts.length ? `Also open: ${parts.join(", ")} and ${last}` : `Also open: ${last}`;
}
