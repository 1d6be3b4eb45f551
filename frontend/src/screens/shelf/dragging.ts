import { useState, type DragEvent } from "react";
import type { Selection } from "../../ui/useSelection";

const TYPE = "application/x-studio-items";

/** Takes these along, from a row of a list to a folder. */
export function startDragging(event: DragEvent, ids: readonly string[]): void {
  event.dataTransfer.setData(TYPE, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = "move";
}

/** What goes along with a row: all that are selected, if the row is one of them. */
export const idsWith = <T extends { id: string }>({ items, has }: Selection<T>, row: T): string[] =>
  has(row) ? items.map(({ id }) => id) : [row.id];

const isOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(TYPE);

/** What a place needs on which rows can be dropped. */
export function useDropPlace(onDrop: (ids: string[]) => void) {
  const [over, setOver] = useState(false);
  return {
    "data-over": over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!isOurs(event)) return;
      event.preventDefault();
      onDrop(JSON.parse(event.dataTransfer.getData(TYPE)) as string[]);
    },
  };
}
