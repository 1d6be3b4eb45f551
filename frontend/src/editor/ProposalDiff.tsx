import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Proposal } from "../api/proposals";
import { diffGraphs } from "../graph/diff";
import { whole } from "../graph/whole";
import { plural } from "../ui/words";
import { NodeDiffs } from "./NodeDiffs";
import { useCatalog } from "./store/catalog";

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
        <NodeDiffs diffs={diff} />
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
