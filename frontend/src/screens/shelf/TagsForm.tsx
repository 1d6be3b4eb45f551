import { TagsInput } from "@mantine/core";
import { useState } from "react";
import type { Kind } from "../../api/shelf";
import { commonTags, tagsOf, type Shelved } from "./shelf";
import { useAll } from "./useAll";
import { useShelve } from "./useShelve";
import { DialogForm } from "../../ui/DialogForm";

interface Props {
  kind: Kind;
  items: readonly Shelved[];
  onDone: () => void;
}

/** The tags that all of them have; what only some have stays with those. */
export function TagsForm({ kind, items, onDone }: Props) {
  const [before] = useState(() => commonTags(items));
  const [tags, setTags] = useState(before);
  const known = tagsOf(useAll(kind)).map(({ name }) => name);
  const shelve = useShelve(kind);
  const submit = () => {
    shelve.mutate(
      {
        ids: items.map(({ id }) => id),
        add: tags.filter((tag) => !before.includes(tag)),
        remove: before.filter((tag) => !tags.includes(tag)),
      },
      { onSuccess: onDone },
    );
  };
  return (
    <DialogForm verb="Save" busy={shelve.isPending} onSubmit={submit} onCancel={onDone}>
      <TagsInput
        label={items.length === 1 ? "Tags" : "Tags that all of them have"}
        description="Type a word and press Enter. Backspace removes the last."
        data={known}
        maxTags={30}
        acceptValueOnBlur
        data-autofocus
        value={tags}
        onChange={setTags}
      />
    </DialogForm>
  );
}
