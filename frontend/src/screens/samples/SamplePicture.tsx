import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { modulesQuery } from "../../api/modules";
import type { Sample } from "../../api/types";
import { moduleCatalog } from "../../editor/store/catalog";
import { DARK, graphSvg, LIGHT } from "../../editor/picture/graphSvg";

import { NODE_HEIGHT, NODE_WIDTH } from "../../graph/place";
import { nodeName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { whole } from "../../graph/whole";
import classes from "./Samples.module.css";

const SIZE = { width: NODE_WIDTH, height: NODE_HEIGHT };

/** The sample's graph as the canvas draws it, in the colors of the page. */
export function SamplePicture({ sample }: { sample: Sample }) {
  const dark = useComputedColorScheme("light") === "dark";
  const { data: modules } = useQuery(modulesQuery());
  const address = useMemo(() => {
    if (!modules) return null;
    const catalog = moduleCatalog(modules);
    const drawing = {
      titleOf: (node: GraphNode) => nodeName(catalog, node),
      sizeOf: () => SIZE,
      linesOf: () => [],
    };
    const svg = graphSvg(whole(sample), catalog, drawing, "", dark ? DARK : LIGHT);
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }, [sample, modules, dark]);
  return (
    <div className={classes.picture}>{address ? <img src={address} alt="" draggable={false} /> : null}</div>
  );
}
