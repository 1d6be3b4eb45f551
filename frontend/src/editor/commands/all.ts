import type { Command } from "./command";
import { editing } from "./editing";
import { files } from "./files";
import { running } from "./running";
import { selecting } from "./selecting";
import { viewing } from "./viewing";

/** Every verb there is. */
export const commands: readonly Command[] = [...running, ...editing, ...selecting, ...viewing, ...files];
