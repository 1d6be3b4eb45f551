import { createBrowserRouter } from "react-router";
import { Loading } from "../ui/Loading";
import { Shell } from "./Shell";
import { ErrorScreen } from "../screens/ErrorScreen";
import { NotFoundScreen } from "../screens/NotFoundScreen";

/** The editor is the one heavy screen; it comes when it is opened. */
const editor = async () => ({ Component: (await import("../editor/EditorScreen")).EditorScreen });

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    errorElement: <ErrorScreen />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        errorElement: <ErrorScreen />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import("../screens/experiments/ExperimentsScreen")).ExperimentsScreen,
            }),
          },
          { path: "experiments/:id", lazy: editor },
          { path: "experiments/:id/runs/:run", lazy: editor },
          {
            path: "experiments/:id/runs",
            lazy: async () => ({
              Component: (await import("../screens/history/RunHistoryScreen")).RunHistoryScreen,
            }),
          },
          {
            path: "datasets",
            lazy: async () => ({
              Component: (await import("../screens/datasets/DatasetsScreen")).DatasetsScreen,
            }),
          },
          {
            path: "datasets/:id",
            lazy: async () => ({
              Component: (await import("../screens/datasets/DatasetScreen")).DatasetScreen,
            }),
          },
          { path: "*", element: <NotFoundScreen /> },
        ],
      },
    ],
  },
]);
