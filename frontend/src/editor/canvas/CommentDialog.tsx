import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import { setComment } from "../../graph/edits";
import { findNode, nodeName } from "../../graph/read";
import { useCatalog } from "../store/catalog";
import { closeOverlay } from "../window/overlays";
import { edit } from "../store/edit";
import { useEditor } from "../store/store";

/** The text under a node's name. */
export function CommentDialog({ node }: { node: string }) {
  const before = useEditor.getState();
  const [text, setText] = useState(findNode(before.draft, node)?.comment ?? "");
  const catalog = useCatalog();
  const found = findNode(before.draft, node);
  const title = found ? nodeName(catalog, found) : "a node";
  const keep = () => {
    edit(`Comment on ${title}`, (draft) => {
      const now = findNode(draft, node)?.comment ?? "";
      return now === text.trim() ? draft : setComment(draft, node, text.trim());
    });
    closeOverlay();
  };
  return (
    <Modal opened onClose={closeOverlay} title="Comment">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <Textarea
          aria-label="Comment"
          data-autofocus
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          placeholder="What this node is for"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && keep()}
        />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={closeOverlay}>
            Cancel
          </Button>
          <Button type="submit">Save</Button>
        </Group>
      </form>
    </Modal>
  );
}
