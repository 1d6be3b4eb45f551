import { useEffect, useState } from "react";

/** A pair of numbers, once it has not changed for a while. The first comes at once. */
export function useSettled([from, to]: [number, number], ms: number): [number, number] {
  const [settled, settle] = useState<[number, number]>([from, to]);
  useEffect(() => {
    const timer = window.setTimeout(() => settle([from, to]), ms);
    return () => window.clearTimeout(timer);
  }, [from, to, ms]);
  return settled;
}
