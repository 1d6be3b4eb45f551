import { Button } from "@mantine/core";
import { IconArrowsDiff, IconCheck, IconRobot, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { decideProposal, proposalsQuery, type Proposal } from "../api/proposals";
import { mergeFiles } from "../graph/merge";
import { whole } from "../graph/whole";
import { showProblem } from "../ui/showProblem";
import { ProposalDiff } from "./ProposalDiff";
import { saveNow } from "./store/autosave";
import { editFile } from "./store/edit";
import { useEditor } from "./store/store";
import classes from "./ViewedRunBar.module.css";

/** Says that an agent proposes an edit, and lets a person look, accept it as one step, or throw it away. */
export function ProposalBar() {
  const id = useEditor((state) => state.id);
  const viewed = useEditor((state) => state.viewedRun);
  const queries = useQueryClient();
  const waiting = useQuery({ ...proposalsQuery(id ?? ""), enabled: id !== null });
  const [looking, setLooking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [first, ...others] = waiting.data ?? [];
  if (!first || id === null || viewed) return null;
  const decide = async (accepted: boolean) => {
    setBusy(true);
    try {
      if (accepted) {
        accept(first);
        await saveNow();
      }
      await decideProposal(id, first.id, accepted);
    } catch (error) {
      showProblem("The proposal was not decided", error);
    }
    setLooking(false);
    await queries.invalidateQueries({ queryKey: proposalsQuery(id).queryKey });
    setBusy(false);
  };
  return (
    <div role="region" aria-label="Proposed edit" className={classes.bar}>
      <IconRobot size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <p className={classes.text}>
        <strong>{first.title}</strong>
        <span className={classes.when}>
          proposed by {first.agent}
          {others.length > 0 ? `, and ${others.length} more` : ""}
        </span>
      </p>
      <span className={classes.gap} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={14} />}
        disabled={busy}
        onClick={() => void decide(false)}
      >
        Throw away
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowsDiff size={14} />}
        onClick={() => setLooking(true)}
      >
        What it changes
      </Button>
      <Button
        size="xs"
        leftSection={<IconCheck size={14} />}
        loading={busy}
        onClick={() => void decide(true)}
      >
        Accept
      </Button>
      {looking ? (
        <ProposalDiff proposal={first} onClose={() => setLooking(false)} onAccept={() => void decide(true)} />
      ) : null}
    </div>
  );
}

/** Puts it into the draft as one step: what was edited here meanwhile stays, unless both changed the same. */
const accept = (proposal: Proposal) =>
  editFile(`Accept “${proposal.title}”`, (draft) => proposed(draft, proposal));

const proposed = (draft: ReturnType<typeof whole>, { base, document }: Proposal) =>
  mergeFiles(whole(base), draft, whole(document), "theirs").file;
