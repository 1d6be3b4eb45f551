import { Button, Checkbox, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { askedBy, networkText, secretText } from "../../graph/outside";
import type { Marked } from "../../graph/types";
import { codeIn, trusting, waitingIn, type Waiting } from "../../graph/own/trust";
import { plural } from "../../ui/words";
import { useCatalog } from "../store/catalog";
import { editFile } from "../store/edit";
import { useEditor } from "../store/store";
import { closeOverlay } from "../window/overlays";
import classes from "./TrustDialog.module.css";

/** Which own modules of the file are trusted: by name, none unless somebody says so. Their code is shown. */
export function TrustDialog() {
  const [found] = useState(() => waitingIn(useEditor.getState().root));
  const [trusted, setTrusted] = useState<ReadonlySet<string>>(new Set());
  const trust = () => {
    const names = found.filter(({ key }) => trusted.has(key)).map(({ own }) => own.name);
    editFile(`Trust ${names.join(", ")}`, (file) => trusting(file, trusted));
    closeOverlay();
  };
  return (
    <Modal opened onClose={closeOverlay} title="Own modules from elsewhere" size="lg">
      <Stack gap="md">
        <Text size="sm">
          These came with the file of the experiment. Their code runs in the sandbox only, on the tables that
          are wired to it, and not before you trust it. Tick those that you trust.
        </Text>
        <Checkbox.Group
          label="Own modules of the file"
          value={[...trusted]}
          onChange={(keys) => setTrusted(new Set(keys))}
        >
          <Stack gap="md" mt="xs">
            {found.map((one) => (
              <OneModule key={one.key} one={one} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeOverlay}>
            Cancel
          </Button>
          <Button disabled={trusted.size === 0} onClick={trust}>
            {trusted.size === 0 ? "Trust" : `Trust ${plural(trusted.size, "module")}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function OneModule({ one: { key, own } }: { one: Waiting }) {
  const catalog = useCatalog();
  const file: Marked = useEditor((state) => state.root);
  const code = codeIn(own, catalog);
  const asked = own.nodes.map((node) => askedBy(file, catalog, node));
  const texts = [...new Set(asked.flatMap((one) => [networkText(one), secretText(one)]))].filter(Boolean);
  const about = [`${plural(own.nodes.length, "node")} inside, ${plural(code.length, "script")}`, ...texts];
  return (
    <div>
      <Checkbox value={key} label={own.name} description={`${about.join(". ")}.`} />
      {code.length > 0 ? (
        <details className={classes.scripts}>
          <summary>Show the code of {own.name}</summary>
          {code.map(({ node, label, text }, at) => (
            <div key={at}>
              <Text size="xs" c="dimmed" mt={4}>
                {node}: {label}
              </Text>
              <Code block className={classes.code} tabIndex={0}>
                {text}
              </Code>
            </div>
          ))}
        </details>
      ) : null}
    </div>
  );
}
