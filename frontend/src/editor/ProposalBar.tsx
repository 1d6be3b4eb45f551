import { Button } from "@mantine/core";
import { IconArrowsDiff, IconCheck, IconFocusCentered, IconRobot, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo } from "react";
import { proposalsQuery, type Proposal } from "../api/proposals";
import { proposedTo, summaryOf } from "../graph/proposed";
import { whole } from "../graph/whole";
import { IconButton } from "../ui/IconButton";
import { decide } from "./commands/proposing";
import { ProposalDiff } from "./ProposalDiff";
import { useCatalog } from "./store/catalog";
import { useEditor } from "./store/store";
import classes from "./ViewedRunBar.module.css";
import { bringProposalIntoView, lookAtProposal, stage, unstage, useWaiting } from "./window/proposed";

/** Says that an edit is proposed, shows it on the canvas, and lets a person accept it as one step, or throw it
 * away. */
export function ProposalBar() {
  const id = useEditor((state) => state.id);
  const viewed = useEditor((state) => state.viewedRun);
  const waiting = useQuery({ ...proposalsQuery(id ?? ""), enabled: id !== null });
  const [first, ...others] = waiting.data ?? [];
  if (!first || id === null || viewed) return null;
  return <Bar key={first.id} proposal={first} more={others.length} />;
}

function Bar({ proposal, more }: { proposal: Proposal; more: number }) {
  const catalog = useCatalog();
  const draft = useDeferredValue(useEditor((state) => state.root));
  // Inside a module of one's own there are other nodes than those that the edit is about.
  const atTop = useEditor((state) => state.inside.length === 0);
  const { looking, busy } = useWaiting();
  const shown = useMemo(
    () => proposedTo(draft, whole(proposal.base), whole(proposal.document), catalog),
    [draft, proposal, catalog],
  );
  useEffect(() => stage(proposal, atTop ? shown : null), [proposal, shown, atTop]);
  useEffect(() => unstage, []);
  return (
    <div role="region" aria-label="Proposed edit" className={classes.bar}>
      <IconRobot size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <p className={classes.text}>
        <strong>{proposal.title}</strong>
        <span className={classes.when}>
          proposed by {proposal.agent}: {summaryOf(shown)}
          {more > 0 ? `; ${more} more ${more === 1 ? "waits" : "wait"}` : ""}
        </span>
      </p>
      <span className={classes.gap} />
      <IconButton label="Show it on the canvas" onClick={bringProposalIntoView}>
        <IconFocusCentered size={16} />
      </IconButton>
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
        onClick={() => lookAtProposal(true)}
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
        <ProposalDiff
          proposal={proposal}
          diff={shown.diff}
          onClose={() => lookAtProposal(false)}
          onAccept={() => void decide(true)}
        />
      ) : null}
    </div>
  );
}
