/** Which node is being named, or which note or frame written in, on the canvas. */

import { create } from "zustand";

export const useMarkEditing = create<{ id: string | null }>(() => ({ id: null }));

export function startWriting(id: string): void {
  useMarkEditing.setState({ id });
}

export function stopWriting(): void {
  useMarkEditing.setState({ id: null });
}
