import { Loading } from "../../ui/Loading";

export function DatasetScreen() {
  return <Loading />;
}
