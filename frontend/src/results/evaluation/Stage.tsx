import { useElementSize } from "@mantine/hooks";
import { useRef, useState, type ReactNode } from "react";
import { ChartTools } from "../charts/ChartTools";
import type { Size } from "../charts/Frame";
import classes from "./Evaluation.module.css";

const HEIGHT = 320;
const NARROWEST = 280;

interface Props {
  title: string;
  figures: () => unknown[][];
  height?: number;
  draw: (size: Size, onRead: (words: string) => void) => ReactNode;
}

/** A chart with its title, what is under the pointer, and ways to save it. */
export function Stage({ title, figures, height = HEIGHT, draw }: Props) {
  const stage = useElementSize<HTMLDivElement>();
  const drawing = useRef<HTMLDivElement>(null);
  const [read, onRead] = useState("");
  return (
    <section className={classes.stage} aria-label={title}>
      <header className={classes.smallHead}>
        <h3>{title}</h3>
        <ChartTools figures={figures} title={title} drawing={drawing} />
      </header>
      <div ref={stage.ref}>
        <div ref={drawing} onPointerLeave={() => onRead("")}>
          {stage.width > 0 ? draw({ width: Math.max(NARROWEST, stage.width), height }, onRead) : null}
        </div>
      </div>
      <output className={classes.reading}>{read}</output>
    </section>
  );
}
