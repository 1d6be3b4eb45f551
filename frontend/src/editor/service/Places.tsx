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
        value={chosen ?? null}
        allowDeselect={false}
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

/** What is chosen where nobody has chosen: the likely places, which the server takes only if they are said. */
export function withLikely(wish: PublishWish, { input_places, output_places }: Capture): PublishWish {
  const input = wish.inputs ? undefined : input_places.find(({ likely }) => likely);
  const output = wish.outputs ? undefined : output_places.find(({ likely }) => likely);
  if (!input && !output) return wish;
  return {
    ...wish,
    ...(input && { inputs: { [INPUT]: value(input) } }),
    ...(output && { outputs: { [OUTPUT]: value(output) } }),
  };
}
