/** What the socket of an experiment says, as the OpenAPI document has it. */

import type { components } from "../api/schema.gen";

export type SocketEvent = components["schemas"]["SocketEvent"];
export type RunEvent = Extract<SocketEvent, { type: "run" }>;
export type NodeEvent = Extract<SocketEvent, { type: "node" }>;
export type LogEvent = Extract<SocketEvent, { type: "log" }>;
export type PresenceEvent = Extract<SocketEvent, { type: "presence" }>;
export type ExperimentEvent = Extract<SocketEvent, { type: "experiment" }>;

/** The message in a frame of the socket, or null where it is none that this version knows. */
export function readEvent(text: string): SocketEvent | null {
  try {
    const event: unknown = JSON.parse(text);
    if (event === null || typeof event !== "object" || !("type" in event)) return null;
    return ["run", "node", "log", "experiment", "presence", "dataset", "proposal", "dialogue"].includes(
      String(event.type),
    )
      ? (event as SocketEvent)
      : null;
  } catch {
    return null;
  }
}
