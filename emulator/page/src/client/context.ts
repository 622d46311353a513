import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Client } from './client.js';

export const ClientContext = createContext<Client | null>(null);

/** The client of the pane that this is drawn in. */
export function useClient(): Client {
	const client = useContext(ClientContext);
	if (client === null) throw new Error('There is no client around this');
	return client;
}

/** Draws anew whenever the client knows something new. */
export function useChanges(client: Client): void {
	const [, draw] = useState(0);
	useEffect(() => client.subscribe(() => draw((count) => count + 1)), [client]);
}
