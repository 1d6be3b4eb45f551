import { act, renderHook } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, it, vi } from "vitest";
import { useFoldOnLeaving } from "./useFoldOnLeaving";

it("folds the list when another screen is opened, and unfolds it for another upload", async () => {
  const setOpen = vi.fn();
  const router = createMemoryRouter([{ path: "*", Component: Tray }]);
  function Tray() {
    useFoldOnLeaving(many, setOpen);
    return null;
  }
  let many = 1;
  renderHook(() => null, { wrapper: () => <RouterProvider router={router} /> });
  expect(setOpen).not.toHaveBeenCalled();
  await act(() => router.navigate("/datasets"));
  expect(setOpen).toHaveBeenLastCalledWith(false);
  many = 2;
  await act(() => router.navigate("/datasets?search=x"));
  expect(setOpen).toHaveBeenLastCalledWith(true);
});
