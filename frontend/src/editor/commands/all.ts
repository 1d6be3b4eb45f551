import { arranging } from "./arranging";
import type { Command } from "./command";
import { editing } from "./editing";
import { files } from "./files";
import { rewiring } from "./rewiring";
import { going } from "./going";
import { looking } from "./looking";
import { marking } from "./marking";
import { running } from "./running";
import { selecting } from "./selecting";
import { viewing } from "./viewing";

/** Every verb there is. */
export const commands: readonly Command[] = [
  ...running,
  ...editing,
  ...marking,
  ...rewiring,
  ...arranging,
  ...selecting,
  ...going,
  ...looking,
  ...viewing,
  ...files,
];
