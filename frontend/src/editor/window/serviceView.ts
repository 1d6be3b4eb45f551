/** The experiment seen as a web service: which nodes a call goes through, and which leave a value that is kept. */

import { create } from "zustand";

interface ServiceView {
  open: boolean;
  /** It was open in this experiment: the switch stays. */
  used: boolean;
  path: ReadonlySet<string>;
  constant: ReadonlySet<string>;
}

export type Part = "path" | "constant" | "off" | undefined;

const NONE: ReadonlySet<string> = new Set();
const CLOSED: ServiceView = { open: false, used: false, path: NONE, constant: NONE };

export const useServiceView = create<ServiceView>(() => CLOSED);

export const openServiceView = (): void => useServiceView.setState({ open: true, used: true });

/** Shows the experiment again; the switch stays. */
export const closeServiceView = (): void =>
  useServiceView.setState({ open: false, path: NONE, constant: NONE });

/** Another experiment is shown. */
export const forgetServiceView = (): void => useServiceView.setState(CLOSED);

/** Lights the nodes of the service; the rest is dimmed. */
export const lightService = (path: readonly string[], constant: readonly string[]): void =>
  useServiceView.setState({ path: new Set(path), constant: new Set(constant) });

const isLit = ({ open, path }: ServiceView): boolean => open && path.size > 0;

/** What a node is to the service; undefined while the experiment is shown, or before it is known. */
export const partOf =
  (id: string) =>
  (view: ServiceView): Part => {
    if (!isLit(view)) return undefined;
    if (view.path.has(id)) return "path";
    return view.constant.has(id) ? "constant" : "off";
  };

/** Whether no call uses a wire: its value neither comes with the call, nor is it kept for one. */
export const isWireOff =
  (source: string, target: string) =>
  (view: ServiceView): boolean =>
    isLit(view) && !(view.path.has(target) && (view.path.has(source) || view.constant.has(source)));

/** Whether nothing of these is part of the service; `ids` is asked for only while it is shown. */
export const isAllOff =
  (ids: () => readonly string[]) =>
  (view: ServiceView): boolean =>
    isLit(view) && !ids().some((id) => view.path.has(id) || view.constant.has(id));
