import { SegmentedControl } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { IconButton } from "../../ui/IconButton";
import classes from "../views/device.module.css";
import { nextZoom, zoomAt } from "./zoom";

interface Props {
  url: string;
  alt: string;
  /** To the picture before or after. */
  onGo: (by: number) => void;
}

/**
 * One picture: fitted, in full size, or zoomed; a zoomed one is moved by dragging. It is an <img>, in which an SVG
 * neither runs script nor loads anything.
 */
export function PictureStage({ url, alt, onGo }: Props) {
  /** How many times its own size, or null while it is made to fit. */
  const [zoom, setZoom] = useState<number | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const [own, setOwn] = useState({ width: 0, height: 0 });

  const drawnZoom = () => (own.width > 0 && picture.current ? picture.current.clientWidth / own.width : 1);
  const by = (factor: number, x?: number, y?: number) => {
    const box = stage.current;
    if (!box) return;
    const before = zoom ?? drawnZoom();
    const after = nextZoom(before, factor);
    const [px, py] = [x ?? box.clientWidth / 2, y ?? box.clientHeight / 2];
    const [left, top] = [
      zoomAt(box.scrollLeft, px, after / before),
      zoomAt(box.scrollTop, py, after / before),
    ];
    setZoom(after);
    requestAnimationFrame(() => box.scrollTo({ left, top }));
  };
  const latest = useRef(by);
  useEffect(() => {
    latest.current = by;
  });
  useEffect(() => {
    const box = stage.current;
    if (!box) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = box.getBoundingClientRect();
      latest.current(
        event.deltaY < 0 ? 1.15 : 1 / 1.15,
        event.clientX - frame.left,
        event.clientY - frame.top,
      );
    };
    box.addEventListener("wheel", onWheel, { passive: false });
    return () => box.removeEventListener("wheel", onWheel);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft" && zoom === null) onGo(-1);
    else if (event.key === "ArrowRight" && zoom === null) onGo(1);
    else if (event.key === "+" || event.key === "=") by(1.25);
    else if (event.key === "-") by(0.8);
    else if (event.key === "0") setZoom(null);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1 || zoom === null) return;
    event.currentTarget.scrollBy(-event.movementX, -event.movementY);
  };
  const scale = zoom === null ? "fit" : zoom === 1 ? "full" : "zoomed";
  return (
    <>
      <div className={classes.zoom}>
        <SegmentedControl
          size="xs"
          aria-label="Size of the picture"
          data={[
            { value: "fit", label: "Fit" },
            { value: "full", label: "Full size" },
          ]}
          value={scale === "zoomed" ? "" : scale}
          onChange={(to) => setZoom(to === "full" ? 1 : null)}
        />
        <IconButton label="Zoom out" onClick={() => by(0.8)}>
          <IconMinus size={16} />
        </IconButton>
        <span className={classes.place}>{zoom === null ? "fitted" : `${Math.round(zoom * 100)} %`}</span>
        <IconButton label="Zoom in" onClick={() => by(1.25)}>
          <IconPlus size={16} />
        </IconButton>
      </div>
      <div
        ref={stage}
        className={classes.stage}
        data-scale={zoom === null ? "fit" : "free"}
        tabIndex={0}
        role="group"
        aria-label="Picture; arrow keys go through all, plus and minus zoom, 0 fits"
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
      >
        <img
          ref={picture}
          src={url}
          alt={alt}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setOwn({ width: naturalWidth, height: naturalHeight })
          }
          {...(zoom !== null && own.width > 0
            ? { style: { width: own.width * zoom, height: own.height * zoom, maxWidth: "none" } }
            : {})}
        />
      </div>
    </>
  );
}
