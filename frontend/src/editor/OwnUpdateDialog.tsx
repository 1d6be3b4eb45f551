import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { takeVersion } from "../graph/own/change";
import { definitionOf, type Definition } from "../graph/own/definition";
import { diffGraphs } from "../graph/diff";
import { findNode } from "../graph/read";
import { newerVersion } from "./commands/ownModules";
import { NodeDiffs } from "./NodeDiffs";
import { useCatalog } from "./store/catalog";
import { edit } from "./store/edit";
import { shelfKey } from "./store/shelf";
import { useEditor } from "./store/store";
import { closeOverlay } from "./window/overlays";

const namesOf = (ports: readonly { name: string; label: string }[]) =>
  new Map(ports.map(({ name, label }) => [name, label]));

/** The ports and params that come and go, as sentences. */
function edges(before: Definition, after: Definition): string[] {
  const sides = [
    ["input", before.inputs, after.inputs],
    ["output", before.outputs, after.outputs],
    ["parameter", before.params, after.params],
  ] as const;
  return sides.flatMap(([what, was, now]) => {
    const [old, young] = [namesOf(was), namesOf(now)];
    const gone = [...old].filter(([name]) => !young.has(name)).map(([, label]) => label);
    const come = [...young].filter(([name]) => !old.has(name)).map(([, label]) => label);
    return [
      ...gone.map((label) => `The ${what} ${label} goes; what is set or wired there goes with it.`),
      ...come.map((label) => `The ${what} ${label} is new.`),
    ];
  });
}

/** What the version of the palette would change at a node, and taking it. */
export function OwnUpdateDialog({ node: id }: { node: string }) {
  const catalog = useCatalog();
  const [found] = useState(() => {
    const { draft } = useEditor.getState();
    const node = findNode(draft, id);
    const before = node && definitionOf(draft, node);
    const latest = newerVersion(before);
    return before && latest ? { before, latest, after: latest.definition as unknown as Definition } : null;
  });
  if (!found) return null;
  const { before, latest, after } = found;
  const diff = diffGraphs(before, after, catalog).filter(({ kind }) => kind !== "same" && kind !== "moved");
  const sentences = edges(before, after);
  const take = () => {
    edit(`Take version ${latest.version} of ${latest.name}`, (file) =>
      takeVersion(file, id, shelfKey(latest), after),
    );
    closeOverlay();
  };
  return (
    <Modal
      opened
      onClose={closeOverlay}
      title={`${latest.name}: version ${latest.version} of the palette`}
      size="min(900px, 92vw)"
    >
      <Stack gap="md">
        <Text size="sm">
          {before.version === undefined
            ? "This node was changed here. The version of the palette takes the place of that."
            : `This node is of version ${before.version}.`}{" "}
          One undo takes it back.
        </Text>
        {sentences.map((sentence) => (
          <Text size="sm" key={sentence}>
            {sentence}
          </Text>
        ))}
        {diff.length + sentences.length === 0 ? (
          <Text size="sm">Nothing that is computed changes.</Text>
        ) : null}
        <NodeDiffs diffs={diff} />
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={closeOverlay}>
            Cancel
          </Button>
          <Button onClick={take}>Take version {latest.version}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
