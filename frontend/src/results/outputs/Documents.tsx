import { Button } from "@mantine/core";
import { IconDownload, IconExternalLink } from "@tabler/icons-react";
import { documentUrl } from "../../api/artifacts";
import type { Picture } from "../../api/types";
import classes from "../views/device.module.css";

interface Props {
  artifact: string;
  documents: readonly Picture[];
  label: string;
}

/** A report: its HTML in a frame that can neither run nor load anything (a link opens a tab), and every format to save. */
export function Documents({ artifact, documents, label }: Props) {
  const shown = documents.findIndex(({ media_type }) => media_type === "text/html");
  return (
    <div className={classes.pictures} role="group" aria-label={label}>
      <div className={classes.bar}>
        <span className={classes.name}>{documents.map(({ name }) => name).join(", ")}</span>
        {documents.map(({ name, media_type }, index) => (
          <Button
            key={name}
            component="a"
            href={documentUrl(artifact, index)}
            download={name}
            size="compact-xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            {media_type === "application/pdf" ? "PDF" : "HTML"}
          </Button>
        ))}
        {shown < 0 ? null : (
          <Button
            component="a"
            href={documentUrl(artifact, shown)}
            target="_blank"
            rel="noopener"
            size="compact-xs"
            variant="default"
            leftSection={<IconExternalLink size={14} />}
          >
            Open alone
          </Button>
        )}
      </div>
      {shown < 0 ? null : (
        <iframe
          className={classes.document}
          src={documentUrl(artifact, shown)}
          title={label}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
    </div>
  );
}
