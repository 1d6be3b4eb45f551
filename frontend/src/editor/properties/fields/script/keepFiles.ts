/** Files of a script bundle that were changed: kept as a new version of its dataset. */

import { create } from "zustand";
import { changeFiles, datasetsQuery } from "../../../../api/datasets";
import { queries } from "../../../../api/queryClient";
import type { Dataset } from "../../../../api/types";
import { setParam } from "../../../../graph/edits";
import { findNode } from "../../../../graph/read";
import { edit } from "../../../store/edit";
import { currentCatalog } from "../../../store/catalog";
import { useEditor } from "../../../store/store";

export type Texts = Readonly<Record<string, string>>;

const NONE: Texts = {};

/** What was typed into files and is not kept yet, by the zip's artifact and the file's name. */
export const useTyped = create<{ zips: Readonly<Record<string, Texts>> }>(() => ({ zips: {} }));

export const typedIn = (artifact: string): Texts => useTyped.getState().zips[artifact] ?? NONE;

/** Null: as the file is in the zip. */
export function typeInto(artifact: string, file: string, text: string | null): void {
  const { [file]: _, ...others } = typedIn(artifact);
  const texts = text === null ? others : { ...others, [file]: text };
  useTyped.setState(({ zips }) => ({ zips: { ...zips, [artifact]: texts } }));
}

export function discard(artifact: string): void {
  useTyped.setState(({ zips: { [artifact]: _, ...zips } }) => ({ zips }));
}

/** The new version. A node that stays at this version goes on to the new one. */
export async function keepFiles(dataset: Dataset, files: Texts): Promise<Dataset> {
  const kept = await changeFiles(dataset.id, files);
  await queries.invalidateQueries({ queryKey: datasetsQuery().queryKey });
  const pinned = `${dataset.name}@${dataset.version}`;
  const catalog = currentCatalog();
  const nodes = useEditor.getState().draft.nodes.flatMap(({ id, module, params }) => {
    const param = catalog.module(module)?.reference;
    return param && params[param] === pinned ? [{ id, param }] : [];
  });
  if (nodes.length > 0) {
    edit(`Use version ${kept.version} of ${kept.name}`, (draft) =>
      nodes.reduce(
        (graph, { id, param }) =>
          findNode(graph, id)?.params[param] === pinned
            ? setParam(graph, id, param, `${kept.name}@${kept.version}`)
            : graph,
        draft,
      ),
    );
  }
  return kept;
}
