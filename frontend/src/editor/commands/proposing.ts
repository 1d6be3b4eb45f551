/** An edit that an agent proposes, or a script brings back: accepted as one step, or thrown away. */

import { IconArrowsDiff, IconCheck, IconFocusCentered, IconTrash } from "@tabler/icons-react";
import { decideProposal, proposalsQuery } from "../../api/proposals";
import { queries } from "../../api/queryClient";
import { mergeFiles } from "../../graph/merge";
import { whole } from "../../graph/whole";
import { showProblem } from "../../ui/showProblem";
import { saveNow } from "../store/autosave";
import { editFile } from "../store/edit";
import { useEditor } from "../store/store";
import { bringProposalIntoView, lookAtProposal, useWaiting } from "../window/proposed";
import type { Command } from "./command";

const waits = () => useWaiting.getState().proposal !== null;
const needs = "No edit is proposed";

/** Puts it into the draft and saves it, or leaves it; then tells the server what was decided. */
export async function decide(accepted: boolean): Promise<void> {
  const { proposal, busy } = useWaiting.getState();
  const { id } = useEditor.getState();
  if (!proposal || id === null || busy) return;
  useWaiting.setState({ busy: true });
  try {
    if (accepted) {
      // What was edited here meanwhile stays, unless both changed the same.
      const [base, document] = [whole(proposal.base), whole(proposal.document)];
      editFile(`Accept “${proposal.title}”`, (file) => mergeFiles(base, file, document, "theirs").file);
      await saveNow();
    }
    await decideProposal(id, proposal.id, accepted);
  } catch (error) {
    showProblem("The proposal was not decided", error);
  }
  await queries.invalidateQueries({ queryKey: proposalsQuery(id).queryKey });
  useWaiting.setState({ looking: false, busy: false });
}

export const proposing: Command[] = [
  {
    id: "look-at-proposal",
    label: "What the proposed edit changes",
    group: "Edit",
    Icon: IconArrowsDiff,
    enabled: waits,
    needs,
    run: () => lookAtProposal(true),
  },
  {
    id: "show-proposal",
    label: "Show the proposed edit on the canvas",
    group: "Edit",
    Icon: IconFocusCentered,
    enabled: waits,
    needs,
    run: bringProposalIntoView,
  },
  {
    id: "accept-proposal",
    label: "Accept the proposed edit",
    group: "Edit",
    Icon: IconCheck,
    enabled: waits,
    needs,
    run: () => decide(true),
  },
  {
    id: "discard-proposal",
    label: "Throw the proposed edit away",
    group: "Edit",
    Icon: IconTrash,
    enabled: waits,
    needs,
    run: () => decide(false),
  },
];
