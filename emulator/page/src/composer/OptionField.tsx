import { useState } from 'preact/hooks';
import type { Client } from '../client/client.js';
import { useClient } from '../client/context.js';
import { Combobox, type Item } from '../common/Combobox.js';
import { type OptionDefinition, OptionKind } from '../state/commands.js';
import { offerChannels, offerMentionables, offerPeople, offerRoles } from '../state/offers.js';

export type OptionValue = string | File | undefined;

interface Props {
	option: OptionDefinition;
	value: OptionValue;
	/** What the bot offers, for options with autocomplete. */
	offer: (typed: string) => Promise<Item[]>;
	onFocus: () => void;
	onChange: (value: OptionValue) => void;
}

/** The field of one option, of any kind. */
export function OptionField({ option, value, offer, onFocus, onChange }: Props) {
	const client = useClient();
	const [chosen, setChosen] = useState<Item | null>(null);
	const list = localOffer(client, option);
	const isText = list === null && option.autocomplete !== true;
	return (
		<span class="option-field" onFocusCapture={onFocus}>
			<span class="option-name">{option.name}</span>
			{option.type === OptionKind.File ? (
				<input type="file" aria-label={option.name} onChange={(event) => onChange(event.currentTarget.files?.[0])} />
			) : isText ? (
				<input
					aria-label={option.name}
					autocomplete="off"
					inputMode={option.type === OptionKind.Text ? 'text' : 'decimal'}
					value={typeof value === 'string' ? value : ''}
					onInput={(event) => onChange(event.currentTarget.value)}
				/>
			) : (
				<Combobox
					label={option.name}
					chosen={chosen}
					free={option.autocomplete === true}
					offer={list ?? offer}
					onChoose={(item) => {
						setChosen(item);
						onChange(item?.value);
					}}
				/>
			)}
		</span>
	);
}

/** What the page itself can offer; null when the bot must be asked, or nothing is offered. */
function localOffer(client: Client, option: OptionDefinition): ((typed: string) => Item[]) | null {
	switch (option.type) {
		case OptionKind.User:
			return (typed) => offerPeople(client, typed);
		case OptionKind.Role:
			return (typed) => offerRoles(client, typed);
		case OptionKind.Mentionable:
			return (typed) => offerMentionables(client, typed);
		case OptionKind.Channel:
			return (typed) => offerChannels(client, typed, option.channel_types);
		case OptionKind.Boolean:
			return (typed) =>
				among(
					['true', 'false'].map((word) => ({ value: word, label: word })),
					typed
				);
		default: {
			const choices = option.choices ?? [];
			if (choices.length === 0) return null;
			return (typed) =>
				among(
					choices.map(({ name, value }) => ({ value: String(value), label: name })),
					typed
				);
		}
	}
}

function among(items: Item[], typed: string): Item[] {
	return items.filter((item) => item.label.toLowerCase().includes(typed.toLowerCase()));
}
