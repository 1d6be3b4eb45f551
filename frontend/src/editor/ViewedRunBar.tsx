import { Button } from "@mantine/core";
import { IconArrowLeft, IconArrowsDiff, IconHistory, IconRestore } from "@tabler/icons-react";
import { Link } from "react-router";
import { useCurrentRun, useLatestRun } from "./run/hooks";
import { StateBadge } from "../ui/StateBadge";
import { moment } from "../ui/words";
import { perform } from "./commands/command";
import { restoreCommand } from "./commands/files";
import { useEditor } from "./store/store";
import classes from "./ViewedRunBar.module.css";

/** Says that a prior run is on the screen, and the ways from there. */
export function ViewedRunBar() {
  const id = useEditor((state) => state.id);
  const viewed = useEditor((state) => state.viewedRun);
  const run = useCurrentRun((one) => ({ state: one.state, created: one.created }));
  const latest = useLatestRun();
  if (!viewed) return null;
  return (
    <div role="region" aria-label="Earlier run" className={classes.bar}>
      <IconHistory size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <p className={classes.text}>
        <strong>
          Run {viewed.number}
          {latest ? ` of ${latest.number}` : ""}, as it was
        </strong>
        {run ? <span className={classes.when}>{moment(run.created)}</span> : null}
      </p>
      {run ? <StateBadge state={run.state} /> : null}
      <span className={classes.gap} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRestore size={14} />}
        onClick={() => perform(restoreCommand)}
      >
        Restore this version
      </Button>
      <Button
        size="xs"
        variant="default"
        component={Link}
        to={`/experiments/${id}/compare/${viewed.id}/draft`}
        leftSection={<IconArrowsDiff size={14} />}
      >
        Compare with the draft
      </Button>
      <Button size="xs" component={Link} to={`/experiments/${id}`} leftSection={<IconArrowLeft size={14} />}>
        Back to the draft
      </Button>
    </div>
  );
}
