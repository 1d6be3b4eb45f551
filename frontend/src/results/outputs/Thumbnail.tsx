import { IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { thumbnailUrl } from "../../api/artifacts";
import { onceInSight } from "./inSight";
import classes from "./Thumbnail.module.css";
import { takeTurn } from "./turns";

interface Props {
  artifact: string;
  /** Of its pictures, from 0. */
  index: number;
  /** Empty where what is around it says it already. */
  alt: string;
}

/** A picture made small on the server. It is asked for once it is in sight; where it cannot be had, a sign stands. */
export function Thumbnail({ artifact, index, alt }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const endTurn = useRef<() => void>(undefined);
  const [state, setState] = useState<"waiting" | "asked" | "there" | "failed">("waiting");
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const stop = onceInSight(element, () => {
      endTurn.current = takeTurn(() => setState("asked"));
    });
    return () => {
      stop();
      endTurn.current?.();
    };
  }, []);
  const end = (how: "there" | "failed") => {
    endTurn.current?.();
    setState(how);
  };
  return (
    <span ref={box} className={classes.thumbnail} data-state={state}>
      {state === "failed" ? (
        <IconPhoto size={20} stroke={1.5} aria-label={alt || undefined} aria-hidden={alt === ""} />
      ) : state === "waiting" ? null : (
        <img
          src={thumbnailUrl(artifact, index)}
          alt={alt}
          decoding="async"
          draggable={false}
          onLoad={() => end("there")}
          onError={() => end("failed")}
        />
      )}
    </span>
  );
}
