import { lazy, useState, type ComponentType } from "react";

/** A component whose code comes later; `load` brings it ahead of need. */
export type Later<P> = ComponentType<P> & { load: () => Promise<void> };

/**
 * Like React's `lazy`, but drawn at once where the code is there already: `lazy` always waits, and where it has shown
 * what stands in for it, React holds the real thing back until 300 ms are over.
 */
export function later<P extends object>(bring: () => Promise<ComponentType<P>>): Later<P> {
  let there: ComponentType<P> | undefined;
  const load = async () => void (there = await bring());
  const Waiting = lazy(async () => {
    const component = await bring();
    return { default: component };
  }) as unknown as ComponentType<P>;
  function Later(props: P) {
    // Which one is settled for as long as it is drawn: another would begin anew, with what was typed gone.
    const [Shown] = useState(() => there ?? Waiting);
    return <Shown {...props} />;
  }
  return Object.assign(Later, { load });
}
