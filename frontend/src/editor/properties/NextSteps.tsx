import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { usedPairsQuery } from "../../api/modules";
import type { ModuleSpec } from "../../graph/types";
import { addModule } from "../commands/addModule";
import { useCatalog } from "../store/catalog";
import { useReadOnly } from "../store/store";
import { byPair } from "../window/followers";
import { useLiked } from "../window/liked";
import classes from "./PropertiesPanel.module.css";

const MOST = 4;
const NOTHING = {};

interface Props {
  id: string;
  module: ModuleSpec;
}

/** What mostly comes next: a click puts it below this node and wires it. */
export const NextSteps = memo(function NextSteps({ id, module }: Props) {
  const catalog = useCatalog();
  const pairs = useLiked((state) => state.pairs);
  const uses = useLiked((state) => state.uses);
  const { data: everybody = NOTHING } = useQuery(usedPairsQuery());
  const readOnly = useReadOnly();
  const [output] = module.outputs;
  if (readOnly || !output) return null;
  const fits = (one: ModuleSpec) => one.inputs.find(({ type }) => type === output.type);
  const offered = catalog.offered.filter((one) => !one.unavailable && fits(one));
  const next = byPair(offered, module.slug, "output", { pairs, uses, everybody }).slice(0, MOST);
  if (next.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Next steps">
      <h3 className={classes.subtitle}>Next steps</h3>
      <div className={classes.next}>
        {next.map((one) => (
          <Button
            key={one.slug}
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} />}
            onClick={() =>
              addModule({
                module: one.slug,
                wire: {
                  end: { node: id, port: output.name },
                  side: "output",
                  port: fits(one)?.name ?? "",
                },
              })
            }
          >
            {one.name}
          </Button>
        ))}
      </div>
    </section>
  );
});
