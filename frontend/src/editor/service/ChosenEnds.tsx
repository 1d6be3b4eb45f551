import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { Capture, Place } from "../../api/services";
import { IconButton } from "../../ui/IconButton";
import {
  anotherEnd,
  modulesOf,
  nameProblem,
  placesOf,
  placeValue,
  type ChosenEnd,
  type Side,
} from "./chosenEnds";
import classes from "./ServicePanel.module.css";

const WORDS = {
  inputs: {
    heading: "Inputs",
    one: "input",
    place: "The caller's rows enter at",
    add: "Add an input",
  },
  outputs: {
    heading: "Outputs",
    one: "output",
    place: "The answer leaves at",
    add: "Add an output",
  },
} as const;

interface Props {
  side: Side;
  capture: Capture;
  ends: readonly ChosenEnd[];
  onChange: (ends: ChosenEnd[]) => void;
}

/** Where rows enter, or leave, and by which names, if the experiment has no web service module that says so. */
export function ChosenEnds({ side, capture, ends, onChange }: Props) {
  const words = WORDS[side];
  const modules = modulesOf(capture, side);
  const places = placesOf(capture, side);
  const taken = modules.map(({ name }) => name);
  const canGo = ends.length > 1 || modules.length > 0;
  const isFree = (place: Place) => !ends.some(({ at }) => at === placeValue(place));
  if (places.length === 0 || (modules.length > 0 && ends.length === 0)) return null;
  return (
    <section aria-label={words.heading} className={classes.list}>
      <h3 className={classes.heading}>{words.heading}</h3>
      {ends.map((end, place) => (
        <ChosenPlace
          key={place}
          end={end}
          label={`${words.one} ${place + 1}`}
          words={words.place}
          places={places}
          error={nameProblem(ends, place, taken)}
          onChange={(to) => onChange(ends.map((one, at) => (at === place ? to : one)))}
          onRemove={canGo ? () => onChange(ends.filter((_end, at) => at !== place)) : null}
        />
      ))}
      {modules.length === 0 && places.some(isFree) && ends.every(({ at }) => at !== null) ? (
        <Button
          className={classes.add}
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...ends, anotherEnd(side, ends, taken)])}
        >
          {words.add}
        </Button>
      ) : null}
    </section>
  );
}

interface PlaceProps {
  end: ChosenEnd;
  /** Of all of them, for a screen reader. */
  label: string;
  words: string;
  places: readonly Place[];
  error: string | null;
  onChange: (end: ChosenEnd) => void;
  onRemove: (() => void) | null;
}

function ChosenPlace({ end, label, words, places, error, onChange, onRemove }: PlaceProps) {
  return (
    <div className={classes.end} role="group" aria-label={`Place of ${label}`}>
      <TextInput
        size="xs"
        label="Name"
        value={end.name}
        error={error}
        maxLength={100}
        onChange={(event) => onChange({ ...end, name: event.currentTarget.value })}
      />
      <Select
        size="xs"
        label={words}
        placeholder="Choose a place"
        data={places.map((place) => ({ value: placeValue(place), label: place.title }))}
        value={end.at}
        allowDeselect={false}
        onChange={(at) => onChange({ ...end, at })}
      />
      {onRemove ? (
        <IconButton label={`Remove ${label}`} size={28} className={classes.remove ?? ""} onClick={onRemove}>
          <IconX size={14} />
        </IconButton>
      ) : null}
    </div>
  );
}
