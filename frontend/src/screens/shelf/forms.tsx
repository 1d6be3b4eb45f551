/** The dialogs of folders and tags; what they are drawn with comes when one is opened. */

import { modals } from "@mantine/modals";
import { lazy, Suspense } from "react";
import type { Kind } from "../../api/shelf";
import { plural } from "../../ui/words";
import type { Shelved } from "./shelf";

const MoveForm = lazy(async () => ({ default: (await import("./MoveForm")).MoveForm }));
const FolderForm = lazy(async () => ({ default: (await import("./FolderForm")).FolderForm }));
const TagsForm = lazy(async () => ({ default: (await import("./TagsForm")).TagsForm }));

const ONE = { experiments: "experiment", datasets: "dataset" };

const what = (kind: Kind, items: readonly Shelved[]) =>
  items.length === 1 ? `“${items[0]?.name ?? ""}”` : plural(items.length, ONE[kind]);

export function openMove(kind: Kind, items: readonly Shelved[], onDone?: () => void): void {
  const close = () => {
    modals.close(id);
    onDone?.();
  };
  const id = modals.open({
    title: `Move ${what(kind, items)}`,
    children: (
      <Suspense>
        <MoveForm kind={kind} items={items} onDone={close} />
      </Suspense>
    ),
  });
}

export function openTags(kind: Kind, items: readonly Shelved[], onDone?: () => void): void {
  const close = () => {
    modals.close(id);
    onDone?.();
  };
  const id = modals.open({
    title: `Tags of ${what(kind, items)}`,
    children: (
      <Suspense>
        <TagsForm kind={kind} items={items} onDone={close} />
      </Suspense>
    ),
  });
}

export function openRenameFolder(kind: Kind, folder: string, onMoved: (folder: string) => void): void {
  const id = modals.open({
    title: `Rename or move “${folder}”`,
    children: (
      <Suspense>
        <FolderForm
          kind={kind}
          folder={folder}
          onDone={(to) => {
            modals.close(id);
            onMoved(to);
          }}
        />
      </Suspense>
    ),
  });
}
