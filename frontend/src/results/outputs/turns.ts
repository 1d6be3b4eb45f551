/** A few at a time: small pictures are made on the server when they are asked for first. */

const AT_ONCE = 3;

let busy = 0;
const waiting: (() => void)[] = [];

/** Calls `start` when it is its turn. The function that comes back gives the turn up, or the place in the row. */
export function takeTurn(start: () => void): () => void {
  let state: "waits" | "has" | "gone" = "waits";
  const begin = () => {
    state = "has";
    busy += 1;
    start();
  };
  if (busy < AT_ONCE) begin();
  else waiting.push(begin);
  return () => {
    if (state === "waits") waiting.splice(waiting.indexOf(begin), 1);
    else if (state === "has") {
      busy -= 1;
      waiting.shift()?.();
    }
    state = "gone";
  };
}
