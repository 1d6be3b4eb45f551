/** The experiment seen as a web service: which nodes a call goes through, and which leave a value that is kept. */

import { create } from "zustand";

interface ServiceView {
  open: boolean;
  path: ReadonlySet<string>;
  constant: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export const useServiceView = create<ServiceView>(() => ({ open: false, path: NONE, constant: NONE }));

export const openServiceView = (): void => useServiceView.setState({ open: true });

export const closeServiceView = (): void =>
  useServiceView.setState({ open: false, path: NONE, constant: NONE });

/** Lights the nodes of the service; the rest is dimmed. */
export const lightService = (path: readonly string[], constant: readonly string[]): void =>
  useServiceView.setState({ path: new Set(path), constant: new Set(constant) });

/** What a node is to the service; undefined while the experiment is shown, or before it is known. */
export const partOf =
  (id: string) =>
  ({ open, path, constant }: ServiceView): "path" | "constant" | "off" | undefined => {
    if (!open || path.size === 0) return undefined;
    if (path.has(id)) return "path";
    return constant.has(id) ? "constant" : "off";
  };
