/** A sentence at the top of the canvas that goes by itself; screen readers hear it. */

import { create } from "zustand";

export const useHint = create<{ text: string }>(() => ({ text: "" }));

let timer: ReturnType<typeof setTimeout> | undefined;

export function hint(text: string): void {
  clearTimeout(timer);
  useHint.setState({ text });
  timer = setTimeout(() => useHint.setState({ text: "" }), 5000);
}
