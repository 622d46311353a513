import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { type Leaf, leavesOf, loadCommands, search } from '../state/commands.js';
import type { Channel } from '../state/model.js';
import { offerChannels, offerPeople, offerRoles } from '../state/offers.js';
import type { Suggestion } from './Suggestions.js';

export interface SuggestionState {
	items: Suggestion[];
	active: number;
	setActive: (index: number) => void;
	/** True when the key was for the list. */
	keyDown: (event: KeyboardEvent, choose: (suggestion: Suggestion) => void) => boolean;
}

/** Commands after `/`, people and roles after `@`, channels after `#`. */
export function useSuggestions(channel: Channel, text: string, field: RefObject<HTMLTextAreaElement | null>): SuggestionState {
	const client = useClient();
	const [leaves, setLeaves] = useState<Leaf[] | null>(null);
	const [active, setActive] = useState(0);
	const [closed, setClosed] = useState(false);
	const isCommand = text.startsWith('/');
	// Asked anew with each slash: rights and commands may have changed.
	useEffect(() => {
		if (!isCommand) return;
		void client.try(async () => setLeaves(leavesOf(await loadCommands(client, channel.id))));
	}, [client, channel.id, isCommand]);
	useEffect(() => {
		setActive(0);
		setClosed(false);
	}, [text]);

	const items = closed ? [] : isCommand ? commands(leaves ?? [], text) : mentions();

	function mentions(): Suggestion[] {
		const end = field.current?.selectionStart ?? text.length;
		const match = /(?:^|\s)([@#])([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, end));
		const [, sign, typed = ''] = match ?? [];
		if (sign === undefined) return [];
		const put = (mention: string) => `${text.slice(0, end - typed.length - 1)}${mention} ${text.slice(end)}`;
		if (sign === '#') return offerChannels(client, typed).map((item) => ({ ...item, text: put(`<#${item.value}>`) }));
		const people = offerPeople(client, typed).map((item) => ({ ...item, text: put(`<@${item.value}>`) }));
		return [...people, ...offerRoles(client, typed).map((item) => ({ ...item, text: put(`<@&${item.value}>`) }))].slice(0, 10);
	}

	const keyDown = (event: KeyboardEvent, choose: (suggestion: Suggestion) => void): boolean => {
		if (items.length === 0) return false;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const current = items[active];
		if (step !== undefined) setActive((active + step + items.length) % items.length);
		else if ((event.key === 'Enter' || event.key === 'Tab') && current !== undefined) choose(current);
		else if (event.key === 'Escape') setClosed(true);
		else return false;
		event.preventDefault();
		event.stopPropagation();
		return true;
	};
	return { items, active, setActive, keyDown };
}

function commands(leaves: readonly Leaf[], text: string): Suggestion[] {
	return search(leaves, text.slice(1)).map((leaf) => ({
		value: leaf.words,
		label: `/${leaf.words}`,
		note: leaf.description,
		signs: leaf.options.map(({ name, required }) => (required === true ? name : `${name}?`)),
		leaf
	}));
}
