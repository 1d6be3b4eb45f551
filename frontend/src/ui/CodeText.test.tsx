import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { CodeText } from "./CodeText";

it("draws what stands in backticks as code, and a lone backtick as it is", () => {
  const { container } = render(<CodeText>{"re-ran: `alpha` 0.1 → 0.2, `script` changed · it`s"}</CodeText>);
  expect(container.innerHTML).toBe(
    "re-ran: <code>alpha</code> 0.1 → 0.2, <code>script</code> changed · it`s",
  );
});
