import { Suspense, type ComponentType } from "react";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { later } from "./later";

const Word = ({ word }: { word: string }) => <p>{word}</p>;
const drawn = (Shown: ComponentType<{ word: string }>) =>
  render(
    <Suspense fallback="Loading…">
      <Shown word="here" />
    </Suspense>,
  );

it("is drawn at once where its code was loaded ahead", async () => {
  const Later = later(async () => Word);
  await Later.load();
  drawn(Later);
  expect(screen.getByText("here")).toBeInTheDocument();
});

it("is waited for where its code is not there yet", async () => {
  drawn(later(async () => Word));
  expect(screen.getByText("Loading…")).toBeInTheDocument();
  expect(await screen.findByText("here")).toBeInTheDocument();
});
