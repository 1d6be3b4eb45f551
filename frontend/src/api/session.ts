import { create } from "zustand";

interface Session {
  /** False once the server has answered 401. */
  in: boolean;
  /** True where this person signed out, and the session did not just end. */
  left: boolean;
  signedIn(): void;
  signedOut(): void;
  leave(): void;
}

export const useSession = create<Session>((set) => ({
  in: true,
  left: false,
  signedIn: () => set({ in: true, left: false }),
  signedOut: () => set({ in: false }),
  leave: () => set({ in: false, left: true }),
}));

/** Calls it each time somebody signs in again; gives the function that stops. */
export const onSignedIn = (tell: () => void): (() => void) =>
  useSession.subscribe((now, before) => {
    if (now.in && !before.in) tell();
  });
