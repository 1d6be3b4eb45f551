/** Which run is shown: the prior one being looked at, else the newest. */

import { create } from "zustand";

/** Kept apart, so that a badge on each of 500 nodes need not ask for the list of runs. */
export const useShown = create<{ run: string | null }>(() => ({ run: null }));

export const useShownRunId = (): string | null => useShown((state) => state.run);

/** For commands, which run outside of React. */
export const shownRunId = (): string | null => useShown.getState().run;
