import { arranging } from "./arranging";
import { comparing } from "./comparing";
import type { Command } from "./command";
import { editing } from "./editing";
import { files } from "./files";
import { publishCommand } from "./publishing";
import { rewiring } from "./rewiring";
import { going } from "./going";
import { looking } from "./looking";
import { marking } from "./marking";
import { renameCommand } from "./naming";
import { pinCommand } from "./pinning";
import { running } from "./running";
import { selecting } from "./selecting";
import { viewing } from "./viewing";
import { walking } from "./walking";

/** Every verb there is. */
export const commands: readonly Command[] = [
  ...running,
  ...editing,
  renameCommand,
  ...marking,
  ...rewiring,
  ...arranging,
  ...selecting,
  ...going,
  ...walking,
  pinCommand,
  ...comparing,
  ...looking,
  ...viewing,
  publishCommand,
  ...files,
];
