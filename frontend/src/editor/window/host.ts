/** The way to other pages, for commands, which run outside of React. */

let go: (path: string) => unknown = () => undefined;

export const setNavigate = (navigate: (path: string) => unknown): void => {
  go = navigate;
};

export const goTo = (path: string): void => void go(path);
