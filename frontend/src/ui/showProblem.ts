import { notifications } from "@mantine/notifications";
import { isProblem } from "../api/problem";
import { plainText } from "./plainText";

/** Says in a corner that something the user asked for was refused. Stays until it is closed. */
export function showProblem(title: string, error: unknown) {
  if (isProblem(error) && error.status === 401) return; // the sign-in screen says it
  const first = isProblem(error) ? error.errors[0]?.message : undefined;
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({
    color: "red",
    title,
    message: plainText(first && first !== message ? `${message} ${first}` : message),
    autoClose: false,
  });
}
