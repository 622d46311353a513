import { createContext } from 'preact';

/** Makes the pane around somebody else's. */
export const ActAs = createContext<(userId: string) => void>(() => undefined);
