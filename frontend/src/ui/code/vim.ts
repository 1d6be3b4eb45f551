/** Vim's keys in every editor of code, for those who choose them; remembered in this browser. */

import { Prec, type Extension } from "@codemirror/state";
import { useEffect, useState } from "react";
import { create } from "zustand";
import { persist } from "zustand/middleware";

interface VimKeys {
  chosen: boolean;
}

export const useVimKeys = create<VimKeys>()(
  persist((): VimKeys => ({ chosen: false }), { name: "studio.vim-keys" }),
);

export function toggleVimKeys(): void {
  useVimKeys.setState(({ chosen }) => ({ chosen: !chosen }));
}

const NONE: Extension = [];

/** Fetched when somebody chooses it; until it is there, and if it does not come, keys are as usual. */
export function useVimExtension(): Extension {
  const chosen = useVimKeys((state) => state.chosen);
  const [loaded, setLoaded] = useState<Extension | null>(null);
  useEffect(() => {
    if (!chosen || loaded) return;
    void import("@replit/codemirror-vim").then(
      ({ vim }) => setLoaded(Prec.highest(vim({ status: true }))),
      () => undefined,
    );
  }, [chosen, loaded]);
  return chosen && loaded ? loaded : NONE;
}
