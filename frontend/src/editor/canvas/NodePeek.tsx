import { IconPhoto } from "@tabler/icons-react";
import { Thumbnail } from "../../results/outputs/Thumbnail";
import { plural } from "../../ui/words";
import classes from "./NodePeek.module.css";
import { usePeek, useShownPicture } from "../flow/peeking";
import { openPort } from "./Port";
import { useCanvasSettings } from "../window/canvasSettings";

interface Props {
  id: string;
  /** Only what belongs to a selected node is a stop of the Tab key. */
  reachable: boolean;
}

/** The first picture that the node made, beside it; where there is no room, a small sign. A click opens them all. */
export function NodePeek({ id, reachable }: Props) {
  const first = useShownPicture(id);
  const peek = usePeek(id);
  const on = useCanvasSettings((settings) => settings.pictures);
  if (!first) return null;
  const { port, artifact, pictures, old } = first;
  const label = `Show ${plural(pictures, "picture")}`;
  const side = on && peek ? peek.side : "none";
  return (
    <button
      type="button"
      className={classes.peek}
      data-peek
      data-side={side}
      data-old={old}
      style={side === "none" || !peek ? undefined : { width: peek.width, height: peek.height }}
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      title={old ? `${label}: from the run before` : label}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        openPort({ node: id, port }, "output");
      }}
    >
      {side === "none" ? (
        <IconPhoto size={14} stroke={1.75} aria-hidden />
      ) : (
        <Thumbnail key={artifact} artifact={artifact} index={0} alt="" />
      )}
      {pictures > 1 ? (
        <span className={classes.many} aria-hidden>
          {pictures}
        </span>
      ) : null}
    </button>
  );
}
