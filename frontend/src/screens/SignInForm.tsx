import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { isProblem } from "../api/problem";
import { signIn } from "../api/status";
import { useSession } from "../api/session";
import { plainText } from "../ui/plainText";
import { tokenIn } from "./signInToken";
import classes from "./SignInScreen.module.css";

function refusal(error: unknown): string | null {
  if (!error) return null;
  if (isProblem(error) && (error.status === 401 || error.status === 403))
    return "That is not the token of this server. Copy it from the ready line again.";
  return plainText(error instanceof Error ? error.message : String(error));
}

interface Props {
  /** What stands above the field. */
  children: ReactNode;
  onSignedIn: () => Promise<void>;
}

export function SignInForm({ children, onSignedIn }: Props) {
  const [pasted, setPasted] = useState("");
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: () => {
      useSession.getState().signedIn();
      return onSignedIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate(tokenIn(pasted));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {children}
      <p className={classes.text}>
        The server prints its token when it starts, in the line{" "}
        <code>Studio is ready at http://…/?token=…</code> Open that address, or paste the token here.
      </p>
      {/* Browsers that keep passwords ask whose it is. */}
      <input hidden readOnly name="username" autoComplete="username" value="owner" />
      <PasswordInput
        label="Token"
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
        error={refusal(enter.error)}
        autoFocus
        data-autofocus
        required
        withAsterisk={false}
        autoComplete="current-password"
      />
      <Button type="submit" fullWidth loading={enter.isPending} disabled={tokenIn(pasted) === ""}>
        Sign in
      </Button>
    </form>
  );
}
