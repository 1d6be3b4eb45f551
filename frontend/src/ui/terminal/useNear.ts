import { useEffect, useState, type RefObject } from "react";

/** Pixels above and below what is seen that are drawn ahead. */
const AHEAD = 1200;

type Tell = (near: boolean, height: number) => void;

/** One observer a scroller, whatever it holds. */
const watched = new WeakMap<Element, { observer: IntersectionObserver; tells: Map<Element, Tell> }>();

function watch(root: Element, element: Element, tell: Tell): () => void {
  let found = watched.get(root);
  if (!found) {
    const tells = new Map<Element, Tell>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect } of entries)
          tells.get(target)?.(isIntersecting, boundingClientRect.height);
      },
      { root, rootMargin: `${AHEAD}px 0px` },
    );
    found = { observer, tells };
    watched.set(root, found);
  }
  const { observer, tells } = found;
  tells.set(element, tell);
  observer.observe(element);
  return () => {
    tells.delete(element);
    observer.unobserve(element);
  };
}

/** Whether an element is in or near the sight of the scroller it lies in, and how high it was when it left. */
export function useNear(element: RefObject<HTMLElement | null>): { near: boolean; height: number | null } {
  const [state, set] = useState<{ near: boolean; height: number | null }>({ near: false, height: null });
  useEffect(() => {
    const here = element.current;
    const root = here?.parentElement;
    if (!here || !root) return;
    return watch(root, here, (near, height) =>
      set((old) => (old.near === near ? old : { near, height: near ? old.height : height })),
    );
  }, [element]);
  return state;
}
