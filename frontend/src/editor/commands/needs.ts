/** What commands wait for, in words that several of them share. */

import { isReadOnly, useEditor } from "../store/store";

/** Of a command that changes the draft: it waits for the draft, else for something of its own. */
export const toEdit = (otherwise: string) => (): string =>
  isReadOnly(useEditor.getState()) ? "An earlier run is shown: go back to the draft first" : otherwise;

export const A_NODE = "Select a node first";
export const ONE_NODE = "Select one node";
export const SOMETHING = "Select something first";
