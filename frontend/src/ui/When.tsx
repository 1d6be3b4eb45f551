import { useTick } from "./useTick";
import { ago, moment } from "./words";
import { Tip } from "./Tip";

/** A time as "5 minutes ago"; the exact one on hover. Moves on by itself. */
export function When({ at }: { at: string }) {
  useTick();
  return (
    <Tip label={moment(at)}>
      <time dateTime={at}>{ago(at)}</time>
    </Tip>
  );
}
