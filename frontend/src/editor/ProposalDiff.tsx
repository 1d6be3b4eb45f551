import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Proposal } from "../api/proposals";
import { diffGraphs, type NodeDiff } from "../graph/diff";
import { nodeName } from "../graph/read";
import { valueText } from "../graph/valueText";
import { whole } from "../graph/whole";
import { TextDiff } from "../ui/TextDiff";
import { plural } from "../ui/words";
import { useCatalog } from "./store/catalog";
import classes from "./ProposalDiff.module.css";

const WORDS: Record<NodeDiff["kind"], string> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved",
  same: "renamed",
};

interface Props {
  proposal: Proposal;
  onClose: () => void;
  onAccept: () => void;
}

/** What a proposal would do, node by node. */
export function ProposalDiff({ proposal, onClose, onAccept }: Props) {
  const catalog = useCatalog();
  const diff = diffGraphs(whole(proposal.base), whole(proposal.document), catalog).filter(
    ({ kind, name, comment }) => kind !== "same" || name !== null || comment !== null,
  );
  return (
    <Modal opened onClose={onClose} title={`${proposal.title}, by ${proposal.agent}`} size="min(900px, 92vw)">
      <Stack gap="md">
        <Text size="sm">{plural(diff.length, "node")} would be another. One undo takes it back.</Text>
        <ul className={classes.list}>
          {diff.map((one) => (
            <li key={one.node.id} className={classes.node}>
              <p className={classes.head}>
                <strong>{nodeName(catalog, one.node)}</strong>{" "}
                <span data-kind={one.kind}>{WORDS[one.kind]}</span>
              </p>
              <NodeChange diff={one} />
            </li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button onClick={onAccept}>Accept</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function NodeChange({ diff: { kind, node, params, inputs, name } }: { diff: NodeDiff }) {
  if (kind === "added")
    return Object.entries(node.params).map(([param, value]) =>
      typeof value === "string" && value.includes("\n") ? (
        <TextDiff key={param} label={param} before="" after={value} />
      ) : (
        <Row key={param} label={param} before="" after={valueText(value)} />
      ),
    );
  return (
    <>
      {name ? <Row label="Name" before={name.before} after={name.after} /> : null}
      {params.map(({ param, label, before, after, isText }) =>
        isText ? (
          <TextDiff key={param} label={label} before={String(before ?? "")} after={String(after ?? "")} />
        ) : (
          <Row key={param} label={label} before={valueText(before)} after={valueText(after)} />
        ),
      )}
      {inputs.map(({ port, label, before, after }) => (
        <Row key={port} label={label} before={before ?? "no wire"} after={after ?? "no wire"} />
      ))}
    </>
  );
}

const Row = ({ label, before, after }: { label: string; before: string; after: string }) => (
  <p className={classes.row}>
    {label}: {before ? <del>{before}</del> : null} <ins>{after}</ins>
  </p>
);
