import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Proposal } from "../api/proposals";
import type { NodeDiff } from "../graph/diff";
import { plural } from "../ui/words";
import { NodeDiffs } from "./NodeDiffs";

interface Props {
  proposal: Proposal;
  diff: readonly NodeDiff[];
  onClose: () => void;
  onAccept: () => void;
}

/** What a proposal would do, node by node. */
export function ProposalDiff({ proposal, diff, onClose, onAccept }: Props) {
  return (
    <Modal opened onClose={onClose} title={`${proposal.title}, by ${proposal.agent}`} size="min(900px, 92vw)">
      <Stack gap="md">
        <Text size="sm">{plural(diff.length, "node")} would change. One undo takes it back.</Text>
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
