import { Select } from "@mantine/core";
import type { Capture, Place, PublishWish } from "../../api/services";

interface Props {
  capture: Capture;
  wish: PublishWish;
  onChange: (wish: PublishWish) => void;
}

const INPUT = "input1";
const OUTPUT = "output1";

const value = ({ node, port }: Place) => `${node}.${port}`;

/** Where rows enter and leave, if the experiment has no module that says so. */
export function Places({ capture, wish, onChange }: Props) {
  const pick = (
    label: string,
    places: readonly Place[],
    chosen: string | undefined,
    to: (at: string) => PublishWish,
  ) =>
    places.length > 1 || chosen !== undefined ? (
      <Select
        label={label}
        placeholder="Choose a place"
        data={places.map((place) => ({ value: value(place), label: place.title }))}
        value={chosen ?? likelyOf(places)}
        onChange={(at) => at !== null && onChange({ ...wish, ...to(at) })}
      />
    ) : null;
  return (
    <>
      {pick("The caller's rows enter at", capture.input_places, wish.inputs?.[INPUT], (at) => ({
        inputs: { [INPUT]: at },
      }))}
      {pick("The answer leaves at", capture.output_places, wish.outputs?.[OUTPUT], (at) => ({
        outputs: { [OUTPUT]: at },
      }))}
    </>
  );
}

function likelyOf(places: readonly Place[]): string | null {
  const likely = places.find((place) => place.likely);
  return likely ? value(likely) : null;
}
