import { arranging } from "./arranging";
import { comparing } from "./comparing";
import type { Command } from "./command";
import { editing } from "./editing";
import { files } from "./files";
import { publishCommand } from "./publishing";
import { rewiring } from "./rewiring";
import { navigationCommands } from "./navigationCommands";
import { resultCommands } from "./resultCommands";
import { marking } from "./marking";
import { renameCommand } from "./naming";
import { ownModules } from "./ownModules";
import { pinCommand } from "./pinning";
import { proposing } from "./proposing";
import { running } from "./running";
import { selecting } from "./selecting";
import { viewCommands } from "./viewCommands";
import { walkCommands } from "./walkCommands";

/** Every verb there is. */
export const commands: readonly Command[] = [
  ...running,
  ...editing,
  renameCommand,
  ...marking,
  ...rewiring,
  ...arranging,
  ...selecting,
  ...navigationCommands,
  ...walkCommands,
  pinCommand,
  ...ownModules,
  ...proposing,
  ...comparing,
  ...resultCommands,
  ...viewCommands,
  publishCommand,
  ...files,
];
