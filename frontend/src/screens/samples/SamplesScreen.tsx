import { ListPage } from "../../ui/ListPage";
import { useTitle } from "../../ui/useTitle";
import { SampleCards } from "./SampleCards";
import classes from "./Samples.module.css";

/** The samples, once the home shows the person's own experiments. */
export function SamplesScreen() {
  useTitle("Samples");
  return (
    <ListPage title="Samples">
      <p className={classes.lead}>
        Each opens as an experiment of your own, with its data. A card that was opened leads back to the same
        copy, with what you changed in it.
      </p>
      <SampleCards level={2} />
    </ListPage>
  );
}
