import { createBrowserRouter } from "react-router";
import { Loading } from "../ui/Loading";
import { Shell } from "./Shell";
import { ErrorScreen } from "../screens/ErrorScreen";
import { NotFound } from "../ui/NotFound";

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
          // One route for both, so that a look at a prior run keeps the draft and its undo history open.
          { path: "experiments/:id", lazy: editor, children: [{ path: "runs/:run", element: null }] },
          {
            path: "experiments/:id/runs",
            lazy: async () => ({
              Component: (await import("../screens/history/RunHistoryScreen")).RunHistoryScreen,
            }),
          },
          {
            path: "experiments/:id/compare/:from/:to",
            lazy: async () => ({
              Component: (await import("../screens/compare/CompareScreen")).CompareScreen,
            }),
          },
          {
            path: "experiments/:id/reports/:node",
            lazy: async () => ({
              Component: (await import("../screens/report/ReportScreen")).ReportScreen,
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
          {
            path: "services",
            lazy: async () => ({
              Component: (await import("../screens/services/ServicesScreen")).ServicesScreen,
            }),
          },
          {
            path: "services/:id/:tab?",
            lazy: async () => ({
              Component: (await import("../screens/services/ServiceScreen")).ServiceScreen,
            }),
          },
          {
            path: "environments",
            lazy: async () => ({
              Component: (await import("../screens/environments/EnvironmentsScreen")).EnvironmentsScreen,
            }),
          },
          {
            path: "environments/:id",
            lazy: async () => ({
              Component: (await import("../screens/environments/EnvironmentScreen")).EnvironmentScreen,
            }),
          },
          {
            path: "secrets",
            lazy: async () => ({
              Component: (await import("../screens/secrets/SecretsScreen")).SecretsScreen,
            }),
          },
          {
            path: "network",
            lazy: async () => ({
              Component: (await import("../screens/network/NetworkScreen")).NetworkScreen,
            }),
          },
          {
            path: "agents",
            lazy: async () => ({
              Component: (await import("../screens/agents/AgentsScreen")).AgentsScreen,
            }),
          },
          {
            path: "artifacts/:id",
            lazy: async () => ({
              Component: (await import("../screens/artifact/ArtifactScreen")).ArtifactScreen,
            }),
          },
          {
            path: "tables/:old/:new",
            lazy: async () => ({
              Component: (await import("../screens/tables/TablesScreen")).TablesScreen,
            }),
          },
          {
            path: "models",
            lazy: async () => ({
              Component: (await import("../screens/models/ModelsScreen")).ModelsScreen,
            }),
          },
          {
            path: "modules/:slug?",
            lazy: async () => ({
              Component: (await import("../screens/modules/ModulesScreen")).ModulesScreen,
            }),
          },
          {
            path: "usage",
            lazy: async () => ({
              Component: (await import("../screens/usage/UsageScreen")).UsageScreen,
            }),
          },
          {
            path: "workers",
            lazy: async () => ({
              Component: (await import("../screens/workers/WorkersScreen")).WorkersScreen,
            }),
          },
          {
            path: "samples",
            lazy: async () => ({
              Component: (await import("../screens/samples/SamplesScreen")).SamplesScreen,
            }),
          },
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);
