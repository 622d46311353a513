import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

export interface Item {
	value: string;
	label: string;
	note?: string | undefined;
	/** Small words after the label. */
	signs?: string[];
	picture?: ComponentChildren;
}

interface Props {
	label: string;
	placeholder?: string | undefined;
	/** What may be chosen for what is typed. May take a moment. */
	offer: (typed: string) => Item[] | Promise<Item[]>;
	chosen: Item | null;
	onChoose: (item: Item | null) => void;
	/** Text that is not in the list counts too (autocomplete). */
	free?: boolean;
	autoFocus?: boolean;
	onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

/** A text field with a list below it: arrow keys, Enter or Tab to choose, Escape to close. */
export function Combobox({ label, placeholder, offer, chosen, onChoose, free = false, autoFocus = false, onKeyDown }: Props) {
	const id = useId();
	const [typed, setTyped] = useState(chosen?.label ?? '');
	const [open, setOpen] = useState(false);
	const [items, setItems] = useState<Item[]>([]);
	const [active, setActive] = useState(0);
	const asked = useRef(0);
	/** The text for which the list was made. */
	const listed = useRef<string | null>(null);
	/** What was taken from the list: asked again, everything is offered. */
	const taken = useRef<string | null>(chosen?.label ?? null);
	const list = useRef<HTMLDivElement>(null);

	/** Answers what is offered for a text; null when something else was typed meanwhile. */
	const ask = async (text: string) => {
		const number = ++asked.current;
		const found = await offer(taken.current === text ? '' : text);
		if (number !== asked.current) return null;
		listed.current = text;
		setItems(found);
		setActive(0);
		return found;
	};
	useEffect(() => {
		if (open) void ask(typed);
	}, [open, typed]);
	useEffect(() => {
		list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
	}, [active]);

	const choose = (item: Item) => {
		asked.current++;
		taken.current = item.label;
		setTyped(item.label);
		setOpen(false);
		onChoose(item);
	};
	const type = (text: string) => {
		setTyped(text);
		setOpen(true);
		onChoose(free && text !== '' ? { value: text, label: text } : null);
	};
	const keyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
		const text = event.currentTarget.value;
		if (!free && event.key === 'Enter' && text !== '' && text !== taken.current && text !== listed.current) {
			// Faster than the list: what stands there belongs to what was typed before.
			event.preventDefault();
			event.stopPropagation();
			void ask(text).then((found) => found?.[0] && choose(found[0]));
			return;
		}
		const shown = open && items.length > 0;
		const current = items[active];
		if (shown && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
			event.preventDefault();
			setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length);
		} else if (event.key === 'ArrowDown' && !open) setOpen(true);
		else if (shown && (event.key === 'Enter' || event.key === 'Tab') && current !== undefined && current.label !== taken.current) {
			if (event.key === 'Enter') event.preventDefault();
			event.stopPropagation();
			choose(current);
		} else if (open && event.key === 'Escape') {
			event.stopPropagation();
			setOpen(false);
		} else onKeyDown?.(event);
	};
	return (
		<span class="combobox">
			<input
				role="combobox"
				aria-label={label}
				aria-expanded={open && items.length > 0}
				aria-controls={id}
				aria-autocomplete="list"
				autocomplete="off"
				spellcheck={false}
				placeholder={placeholder}
				value={typed}
				// biome-ignore lint/a11y/noAutofocus: the person has just chosen to fill this in
				autoFocus={autoFocus}
				onFocus={() => setOpen(true)}
				onBlur={() => setOpen(false)}
				onInput={(event) => type(event.currentTarget.value)}
				onKeyDown={keyDown}
			/>
			{open && items.length > 0 && (
				<div class="options" role="listbox" id={id} ref={list}>
					{items.map((item, index) => (
						<Option key={item.value} item={item} selected={index === active} onChoose={() => choose(item)} />
					))}
				</div>
			)}
		</span>
	);
}

export function Option({ item, selected, onChoose }: { item: Item; selected: boolean; onChoose: () => void }) {
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the field that the list belongs to has the keys
		<div
			class="option"
			role="option"
			tabIndex={-1}
			aria-selected={selected}
			onMouseDown={(event) => {
				// The field keeps the focus.
				event.preventDefault();
			}}
			onClick={onChoose}
		>
			{item.picture}
			<span class="option-label">{item.label}</span>
			{item.signs?.map((sign) => (
				<span key={sign} class="option-sign">
					{sign}
				</span>
			))}
			{item.note !== undefined && <span class="option-note">{item.note}</span>}
		</div>
	);
}
