import { useEffect, useRef, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import type { ShownModal } from '../client/interactions.js';
import { Icon } from '../common/Icon.js';
import { Markdown } from '../message/Markdown.js';
import { type Component, isSelect, Kind } from './model.js';
import { chosenAtFirst, Select } from './Select.js';

type Value = string | string[] | File[];
type Values = Record<string, Value>;

/** The form that the bot shows to one person. */
export function Modal({ modal }: { modal: ShownModal }) {
	const client = useClient();
	const dialog = useRef<HTMLFormElement>(null);
	const components = modal.components as Component[];
	const [values, setValues] = useState<Values>(() => valuesAtFirst(components));
	const [sending, setSending] = useState(false);
	useEffect(() => {
		dialog.current?.querySelector<HTMLElement>('input, textarea')?.focus();
	}, []);
	const close = () => client.interactions.show(null);
	const submit = async (event: Event) => {
		event.preventDefault();
		setSending(true);
		const files: File[] = [];
		const filled = components.flatMap((row) => filledRow(row, values, files));
		const attachments = files.map((file, id) => ({ id: String(id), filename: file.name }));
		const data = { id: modal.id, custom_id: modal.custom_id, components: filled, ...(files.length > 0 ? { attachments } : {}) };
		if (await client.interactions.start({ type: 5, channelId: modal.channel_id, words: modal.title, data, files })) close();
		else setSending(false);
	};
	return (
		<div
			class="modal-cover"
			role="dialog"
			aria-modal="true"
			aria-label={modal.title}
			tabIndex={-1}
			onKeyDown={(event) => {
				if (event.key === 'Escape') close();
			}}
		>
			<form class="modal" ref={dialog} onSubmit={(event) => void submit(event)}>
				<header>
					<h2>{modal.title}</h2>
					<button type="button" class="quiet" aria-label="Close" onClick={close}>
						<Icon name="close" />
					</button>
				</header>
				{components.map((row, index) => (
					<Row key={index} row={row} values={values} set={(id, value) => setValues((old) => ({ ...old, [id]: value }))} />
				))}
				<footer>
					<button type="button" class="button secondary" onClick={close}>
						Cancel
					</button>
					<button type="submit" class="button primary" disabled={sending}>
						Submit
					</button>
				</footer>
			</form>
		</div>
	);
}

interface RowProps {
	row: Component;
	values: Values;
	set: (id: string, value: Value) => void;
}

function Row({ row, values, set }: RowProps) {
	if (row.type === Kind.Text) {
		return (
			<div class="text-display">
				<Markdown text={row.content ?? ''} />
			</div>
		);
	}
	const inputs = row.component === undefined ? (row.components ?? []) : [row.component];
	return (
		<>
			{inputs.map((input) => (
				<Field
					key={input.custom_id}
					input={input}
					label={input.label ?? row.label ?? ''}
					note={row.description ?? ''}
					values={values}
					set={set}
				/>
			))}
		</>
	);
}

function Field({ input, label, note, values, set }: Omit<RowProps, 'row'> & { input: Component; label: string; note: string }) {
	const id = input.custom_id ?? '';
	const value = values[id] ?? '';
	const required = input.required !== false;
	const common = {
		value: String(value),
		required,
		placeholder: input.placeholder,
		minLength: input.min_length,
		maxLength: input.max_length ?? 4000
	};
	return (
		// biome-ignore lint/a11y/noLabelWithoutControl: the control is one of the children below
		<label class="field">
			<span class="field-label">
				{label}
				{required && <span class="required"> *</span>}
			</span>
			{note !== '' && <span class="field-note">{note}</span>}
			{isSelect(input.type) && <Select component={input} label={label} values={chosenOf(value)} onChange={(chosen) => set(id, chosen)} />}
			{input.type === Kind.FileUpload && (
				<input
					type="file"
					required={required && (input.min_values ?? 1) > 0}
					multiple={(input.max_values ?? 1) > 1}
					onChange={(event) => set(id, [...(event.currentTarget.files ?? [])])}
				/>
			)}
			{input.type === Kind.TextInput && input.style === 2 && (
				<textarea rows={4} {...common} onInput={(event) => set(id, event.currentTarget.value)} />
			)}
			{input.type === Kind.TextInput && input.style !== 2 && <input {...common} onInput={(event) => set(id, event.currentTarget.value)} />}
		</label>
	);
}

function chosenOf(value: Value): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function inputsOf(components: readonly Component[]): Component[] {
	return components.flatMap((row) => (row.component === undefined ? (row.components ?? []) : [row.component]));
}

function valuesAtFirst(components: readonly Component[]): Values {
	const inputs = inputsOf(components);
	return Object.fromEntries(inputs.map((input) => [input.custom_id ?? '', startsAs(input)]));
}

function startsAs(input: Component): Value {
	if (isSelect(input.type)) return chosenAtFirst(input);
	return input.type === Kind.FileUpload ? [] : (input.value ?? '');
}

/** A row as a client sends it; files are named by their place among `files`. */
function filledRow(row: Component, values: Values, files: File[]): object[] {
	const place = (one: string | File) => (one instanceof File ? String(files.push(one) - 1) : one);
	const fill = (input: Component) => {
		const value = values[input.custom_id ?? ''];
		const given = Array.isArray(value) ? { values: value.map(place) } : { value: value ?? '' };
		return { type: input.type, custom_id: input.custom_id, ...given };
	};
	if (row.component !== undefined) return [{ type: row.type, component: fill(row.component) }];
	const inside = row.components ?? [];
	return inside.length === 0 ? [] : [{ type: row.type, components: inside.map(fill) }];
}
