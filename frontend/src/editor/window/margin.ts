/** Whether scripts show what each of their lines made, and how a script is tried; remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

interface Margin {
  shown: boolean;
}

export const useMargin = create<Margin>()(
  persist((): Margin => ({ shown: true }), { name: "studio.margin" }),
);

export function toggleMargin(): void {
  useMargin.setState(({ shown }) => ({ shown: !shown }));
}
