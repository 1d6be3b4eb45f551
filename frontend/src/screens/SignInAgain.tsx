import { Modal } from "@mantine/core";
import { queries } from "../api/queryClient";
import { SignInForm } from "./SignInForm";
import classes from "./SignInScreen.module.css";

const nothing = () => undefined;
/** Over every other dialog. */
const ABOVE_ALL = 1000;

/** The session ended under an open page, which stays as it is: edits are kept, and saved afterwards. */
export function SignInAgain() {
  return (
    <Modal
      opened
      onClose={nothing}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={ABOVE_ALL}
      title="Sign in again"
    >
      <SignInForm onSignedIn={() => queries.invalidateQueries()}>
        <p className={classes.again}>
          The session of this browser has ended. Nothing is lost: what you edited is kept here, and saved once
          you are signed in.
        </p>
      </SignInForm>
    </Modal>
  );
}
