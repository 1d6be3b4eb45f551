/** What is chosen for the service of an experiment; it stays while the panel is closed. */

import { create } from "zustand";
import type { PublishWish } from "../../api/services";
import { wishOf, type ChosenEnd, type Side } from "./chosenEnds";

interface Wish extends Record<Side, ChosenEnd[] | null> {
  experiment: string;
  /** Nodes whose problem is mended in the service. */
  mend: string[];
}

const NOTHING: Wish = { experiment: "", inputs: null, outputs: null, mend: [] };

const useWishes = create<Wish>(() => NOTHING);

/** The wish for this experiment: nothing, while that of another is kept. */
export const useWish = (experiment: string): Wish =>
  useWishes((wish) => (wish.experiment === experiment ? wish : NOTHING));

export const changeWish = (experiment: string, change: Partial<Wish>): void =>
  useWishes.setState((wish) => ({
    ...(wish.experiment === experiment ? wish : NOTHING),
    ...change,
    experiment,
  }));

export const publishWish = ({ inputs, outputs, mend }: Wish): PublishWish => ({
  inputs: wishOf(inputs ?? []),
  outputs: wishOf(outputs ?? []),
  mend,
});
