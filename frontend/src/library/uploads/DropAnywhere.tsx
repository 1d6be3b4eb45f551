import { IconUpload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./DropAnywhere.module.css";
import { takeDrop } from "./takeFiles";

const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** Files can be dropped on every screen. Other drags (modules, wires) pass untouched. */
export function DropAnywhere() {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // relatedTarget is null only when the pointer leaves the window, not from one element to the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!bringsFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void takeDrop(event.dataTransfer);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragover", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragover", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);

  if (!over) return null;
  return (
    <div className={classes.overlay} aria-hidden>
      <div className={classes.card}>
        <IconUpload size={28} stroke={1.5} />
        <strong>Drop to upload</strong>
        <span>
          CSV, TSV, Excel, Parquet, JSON lines, text or zip become datasets; scripts, notebooks and experiment
          files become experiments.
        </span>
      </div>
    </div>
  );
}
