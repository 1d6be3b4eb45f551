import { Mark } from "../ui/Mark";
import { queries } from "../api/queryClient";
import { SignInForm } from "./SignInForm";
import classes from "./SignInScreen.module.css";

export function SignInScreen() {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <SignInForm onSignedIn={() => queries.resetQueries()}>
          <Mark size={36} />
          <h1 className={classes.title}>Sign in to Studio</h1>
        </SignInForm>
      </div>
    </main>
  );
}
