import { Tabs } from "@mantine/core";
import { Suspense } from "react";
import { later } from "../../ui/later";
import { Loading } from "../../ui/Loading";
import { Palette } from "../palette/Palette";
import { useReadOnly } from "../store/store";
import { showSide, useSide, type SideTab } from "../window/side";
import classes from "./SidePanel.module.css";

const Outline = later(async () => (await import("./Outline")).Outline);
const EditHistory = later(async () => (await import("./EditHistory")).EditHistory);

/** The panel on the left: the palette, the outline, or the edits. Of a prior run there is the outline only. */
export function SidePanel() {
  const readOnly = useReadOnly();
  const wanted = useSide((side) => side.tab);
  const tab = readOnly ? "outline" : wanted;
  return (
    <Tabs
      value={tab}
      onChange={(to) => to && showSide(to as SideTab)}
      keepMounted={false}
      classNames={{
        root: classes.panel ?? "",
        list: classes.tabs ?? "",
        tab: classes.tab ?? "",
        panel: classes.body ?? "",
      }}
    >
      <Tabs.List grow aria-label="Left panel">
        {readOnly ? null : <Tabs.Tab value="modules">Modules</Tabs.Tab>}
        <Tabs.Tab value="outline">Outline</Tabs.Tab>
        {readOnly ? null : <Tabs.Tab value="edits">Edits</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="modules">
        <Palette />
      </Tabs.Panel>
      <Suspense fallback={<Loading label="Loading…" />}>
        <Tabs.Panel value="outline">
          <Outline />
        </Tabs.Panel>
        <Tabs.Panel value="edits">
          <EditHistory />
        </Tabs.Panel>
      </Suspense>
    </Tabs>
  );
}
