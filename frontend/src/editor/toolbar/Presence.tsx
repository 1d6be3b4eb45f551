import { IconUsers } from "@tabler/icons-react";
import { presenceText, usePresence } from "../../runs/presence";
import { Tip } from "../../ui/Tip";
import classes from "./Toolbar.module.css";

/** Says that the experiment is open elsewhere, too: what is edited there appears here. */
export function Presence() {
  const { me, others } = usePresence();
  if (others.length === 0) return null;
  const text = presenceText(me, others);
  return (
    <Tip label={`${text}. Edits made there appear here at once.`} multiline maw={280}>
      <span role="status" aria-label={text} tabIndex={0} className={classes.presence}>
        <IconUsers size={15} stroke={1.75} aria-hidden />
        {others.length + 1}
      </span>
    </Tip>
  );
}
