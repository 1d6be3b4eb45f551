import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconCopy, IconDownload } from "@tabler/icons-react";
import type { RefObject } from "react";
import { copyText } from "../../ui/copyText";
import { showProblem } from "../../ui/showProblem";
import { asTsv } from "../table/copying";
import { saveChart } from "./saveChart";

interface Props {
  /** The chart's numbers as a table. */
  figures: () => unknown[][];
  title: string;
  drawing: RefObject<HTMLDivElement | null>;
}

/** The chart as a picture, or its figures as a table. */
export function ChartTools({ figures, title, drawing }: Props) {
  const save = (format: "svg" | "png") => {
    const svg = drawing.current?.querySelector("svg");
    if (svg)
      saveChart(svg, title, format).catch((error: unknown) => showProblem("The chart was not saved", error));
  };
  const copy = () =>
    void copyText(asTsv(figures())).then(() =>
      notifications.show({ message: "Copied the chart's numbers." }),
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          Save the chart
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => save("png")}>
          As PNG
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => save("svg")}>
          As SVG
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
          Copy the numbers
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
