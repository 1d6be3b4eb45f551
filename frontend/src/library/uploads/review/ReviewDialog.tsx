import { CodeText } from "../../../ui/CodeText";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { isProblem } from "../../../api/problem";
import type { Preview } from "../../../api/review";
import type { DatasetType } from "../../../api/types";
import { Loading } from "../../../ui/Loading";
import { plural } from "../../../ui/words";
import { refusal, stem } from "../refusal";
import { useUploads } from "../store";
import type { UploadItem } from "../types";
import { AllAlike } from "./AllAlike";
import { BadRows } from "./BadRows";
import { say, type Draft } from "./draft";
import { FirstFiles } from "./FirstFiles";
import { FirstRows } from "./FirstRows";
import { ReadingFields } from "./ReadingFields";
import { usePreview } from "./usePreview";
import classes from "./Review.module.css";

/** A file that was sent, before it is kept: how it will be read, its first rows, and what breaks a rule. */
export function ReviewDialog({ item, upload }: { item: UploadItem; upload: string }) {
  const { discard, keep, review } = useUploads.getState();
  const { options, file } = item;
  const [draft, setDraft] = useState<Draft>({ type: options.type, reading: options.reading ?? {} });
  const [name, setName] = useState(options.name ?? "");
  const { preview, isBehind } = usePreview(upload, draft);
  const seen = preview.error ? undefined : preview.data;
  const bad = seen?.bad?.count ?? 0;
  const refuses = bad > 0 && draft.reading.bad_rows !== "apart";
  const canKeep = seen !== undefined && !isBehind && !refuses;
  const keepIt = () =>
    keep(
      item.id,
      {
        type: draft.type ?? seen?.type,
        reading: draft.reading,
        ...(options.newVersionOf ? {} : { name: name.trim() || undefined }),
      },
      Object.fromEntries((seen?.columns ?? []).map((column) => [column.name, column.type])),
    );

  return (
    <Modal opened onClose={() => review(null)} size={1120} title={`Review “${file.name}”`} yOffset="4vh">
      <div className={classes.review}>
        <ReadingFields
          draft={draft}
          seen={preview.data}
          tried={
            isProblem(preview.error) ? (preview.error.body.read_as as DatasetType | undefined) : undefined
          }
          name={options.newVersionOf ? null : { value: name, placeholder: stem(file.name), set: setName }}
          onChange={setDraft}
        />
        {preview.error ? (
          <p className={classes.refusal} role="alert">
            <CodeText>
              {isProblem(preview.error) ? refusal(preview.error).text : preview.error.message}
            </CodeText>
          </p>
        ) : !seen ? (
          <Loading label="Reading the file…" />
        ) : (
          <>
            <p className={classes.facts} role="status">
              {facts(seen)}
              {isBehind ? " · reading it again…" : null}
            </p>
            {seen.kind === "bundle" ? (
              <FirstFiles seen={seen} />
            ) : seen.columns ? (
              <>
                <AllAlike seen={seen} draft={draft} onChange={setDraft} />
                <FirstRows seen={seen} draft={draft} onChange={setDraft} />
              </>
            ) : null}
            {bad > 0 ? (
              <BadRows
                seen={seen}
                onSkip={(skip) => setDraft(say(draft, { skip, columns: undefined }))}
                apart={!refuses}
                onChange={(apart) => setDraft(say(draft, { bad_rows: apart ? "apart" : undefined }))}
              />
            ) : null}
          </>
        )}
      </div>
      <footer className={classes.footer}>
        <Button variant="default" onClick={() => discard(item.id)}>
          Discard
        </Button>
        <span className={classes.gap} />
        <Button variant="default" onClick={() => review(null)}>
          Later
        </Button>
        {/* A button that is disabled takes no focus, which would then stay behind the dialog. */}
        <Button onClick={keepIt} disabled={!canKeep} data-autofocus={canKeep || undefined}>
          {refuses ? `Import (${plural(bad, "row")} in the way)` : "Import"}
        </Button>
      </footer>
    </Modal>
  );
}

function facts(seen: Preview): string {
  if (seen.kind === "bundle") return plural(seen.count ?? 0, "file");
  if (!seen.columns)
    return "This file is too large for a preview. The import reads all of it and detects the types.";
  const width = plural(seen.width ?? 0, "column");
  const cut =
    seen.columns.length < (seen.width ?? 0) ? `, of which the first ${seen.columns.length} are shown` : "";
  return seen.whole
    ? `${plural(seen.rows ?? 0, "row")} × ${width}${cut}`
    : `${width}${cut}. Detected from the beginning of the file. The import reads every value, and widens a type that ` +
        "does not hold them all.";
}
