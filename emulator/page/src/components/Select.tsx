import { useRef, useState } from 'preact/hooks';
import type { Client } from '../client/client.js';
import { useClient } from '../client/context.js';
import { type Item, Option } from '../common/Combobox.js';
import { Icon } from '../common/Icon.js';
import { EmojiPicture } from '../message/Mentions.js';
import { offerChannels, offerMentionables, offerPeople, offerRoles } from '../state/offers.js';
import { type Component, Kind } from './model.js';

/** What a select offers, for what is typed into its field. */
export function offered(client: Client, component: Component, typed: string): Item[] {
	switch (component.type) {
		case Kind.UserSelect:
			return offerPeople(client, typed);
		case Kind.RoleSelect:
			return offerRoles(client, typed);
		case Kind.ChannelSelect:
			return offerChannels(client, typed, component.channel_types);
		case Kind.MentionableSelect:
			return offerMentionables(client, typed);
		default:
			return (component.options ?? [])
				.filter((option) => `${option.label} ${option.description ?? ''}`.toLowerCase().includes(typed.toLowerCase()))
				.map(({ value, label, description, emoji }) => ({
					value,
					label,
					note: description,
					picture: emoji === undefined ? undefined : <EmojiPicture id={emoji.id} name={emoji.name ?? ''} />
				}));
	}
}

/** What is chosen before anybody chose. */
export function chosenAtFirst(component: Component): string[] {
	if (component.type !== Kind.StringSelect) return (component.default_values ?? []).map(({ id }) => id);
	return (component.options ?? []).filter((option) => option.default === true).map(({ value }) => value);
}

interface Props {
	component: Component;
	label: string;
	values: string[];
	disabled?: boolean;
	busy?: boolean;
	onChange: (values: string[]) => void;
	/** The list was closed. */
	onDone?: (values: string[]) => void;
}

/** A select of any kind: one value or several. */
export function Select({ component, label, values, disabled = false, busy = false, onChange, onDone }: Props) {
	const client = useClient();
	const box = useRef<HTMLDivElement>(null);
	const [open, setOpen] = useState(false);
	const [typed, setTyped] = useState('');
	const [active, setActive] = useState(0);
	const most = component.max_values ?? 1;
	const items = open ? offered(client, component, typed) : [];
	const named = values.map((value) => offered(client, component, '').find((item) => item.value === value)?.label ?? value);

	const close = (final: string[]) => {
		setOpen(false);
		setTyped('');
		onDone?.(final);
	};
	const toggle = (value: string) => {
		const after = values.includes(value) ? values.filter((one) => one !== value) : most === 1 ? [value] : [...values, value].slice(0, most);
		onChange(after);
		if (most === 1) close(after);
	};
	const keyDown = (event: KeyboardEvent) => {
		if (!open && ['ArrowDown', 'Enter', ' '].includes(event.key)) setOpen(true);
		else if (!open) return;
		else if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(items.length, 1));
		else if (event.key === 'ArrowUp') setActive((active - 1 + items.length) % Math.max(items.length, 1));
		else if (event.key === 'Escape') close(values);
		else if (event.key === 'Enter') {
			const item = items[active];
			if (item !== undefined) toggle(item.value);
		} else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<div class="select" ref={box}>
			<input
				role="combobox"
				aria-label={label}
				aria-expanded={open}
				aria-busy={busy}
				autocomplete="off"
				disabled={disabled || busy}
				placeholder={named.length > 0 ? named.join(', ') : (component.placeholder ?? 'Make a selection')}
				class={named.length > 0 ? 'filled' : ''}
				value={typed}
				onClick={() => setOpen(true)}
				onInput={(event) => {
					setTyped(event.currentTarget.value);
					setOpen(true);
					setActive(0);
				}}
				onKeyDown={keyDown}
				onBlur={() => {
					if (open) close(values);
				}}
			/>
			<Icon name="down" size={16} />
			{open && (
				<div class="options" role="listbox" aria-multiselectable={most > 1}>
					{items.map((item, index) => (
						<div key={item.value} class={values.includes(item.value) ? 'chosen' : ''}>
							<Option item={item} selected={index === active} onChoose={() => toggle(item.value)} />
						</div>
					))}
					{items.length === 0 && <div class="option-none">Nothing fits.</div>}
				</div>
			)}
		</div>
	);
}
