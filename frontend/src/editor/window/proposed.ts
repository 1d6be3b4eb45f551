/** The proposed edit that waits, as the canvas shows it: new nodes as ghosts, marks at those that would change. */

import { create } from "zustand";
import type { Proposal } from "../../api/proposals";
import type { Mark, Proposed } from "../../graph/proposed";

interface Waiting {
  proposal: Proposal | null;
  /** Null while something else than the experiment itself is on the canvas. */
  shown: Proposed | null;
  /** Its changes are looked at, node by node. */
  looking: boolean;
  /** It is being accepted or thrown away. */
  busy: boolean;
  /** How often it was asked to bring the ghosts into view. */
  asked: number;
}

const NOTHING: Waiting = { proposal: null, shown: null, looking: false, busy: false, asked: 0 };

export const useWaiting = create<Waiting>(() => NOTHING);

/** Puts an edit on the canvas; another one than before is not looked at yet. */
export const stage = (proposal: Proposal, shown: Proposed | null): void =>
  useWaiting.setState((was) => ({
    ...was,
    ...(was.proposal?.id === proposal.id ? {} : NOTHING),
    proposal,
    shown,
  }));

export const unstage = (): void => useWaiting.setState(NOTHING);

export const lookAtProposal = (looking: boolean): void => useWaiting.setState({ looking });

export const bringProposalIntoView = (): void => useWaiting.setState(({ asked }) => ({ asked: asked + 1 }));

/** What the edit would do to a node that is here. */
export const markOf =
  (id: string) =>
  ({ shown }: Waiting): Mark | undefined =>
    shown?.marks.get(id);

export const isWireGoing =
  (wire: string) =>
  ({ shown }: Waiting): boolean =>
    shown?.goneWires.has(wire) ?? false;
