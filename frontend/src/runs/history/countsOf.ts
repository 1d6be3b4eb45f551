import type { RunHead } from "../../api/types";
import { count, duration } from "../../ui/words";

export interface CountFact {
  text: string;
  tone?: "bad";
}

/** "4 finished (3 from cache, saved 41.0 s)", "1 failed", "2 skipped": what became of a run's nodes, without the zeros. */
export function countsOf({
  counts,
  cached,
  saved,
}: Pick<RunHead, "counts" | "cached" | "saved">): CountFact[] {
  const facts: CountFact[] = [];
  const { finished = 0, failed = 0, skipped = 0, cancelled = 0, running = 0, queued = 0 } = counts;
  if (finished > 0) {
    const time = saved >= 0.1 ? `, saved ${duration(saved * 1000)}` : "";
    facts.push({
      text: `${count(finished)} finished${cached > 0 ? ` (${count(cached)} from cache${time})` : ""}`,
    });
  }
  if (failed > 0) facts.push({ text: `${count(failed)} failed`, tone: "bad" });
  if (running > 0) facts.push({ text: `${count(running)} running` });
  if (queued > 0) facts.push({ text: `${count(queued)} waiting` });
  if (skipped > 0) facts.push({ text: `${count(skipped)} skipped` });
  if (cancelled > 0) facts.push({ text: `${count(cancelled)} cancelled` });
  return facts;
}
