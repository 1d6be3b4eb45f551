import { create } from "zustand";

interface Session {
  /** False once the server has answered 401. */
  in: boolean;
  signedIn(): void;
  signedOut(): void;
}

export const useSession = create<Session>((set) => ({
  in: true,
  signedIn: () => set({ in: true }),
  signedOut: () => set({ in: false }),
}));
