/** One observer for all that waits to be seen. What the canvas or a list cuts off is not in sight. */

const tells = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Tells once, when the element comes into sight; the function that comes back stops watching. */
export function onceInSight(element: Element, tell: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) tells.get(target)?.();
  });
  const stop = () => {
    tells.delete(element);
    observer?.unobserve(element);
  };
  tells.set(element, () => {
    stop();
    tell();
  });
  observer.observe(element);
  return stop;
}
