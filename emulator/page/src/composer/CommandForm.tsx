import { useEffect, useRef, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { commandData, type GivenOption, type Leaf, type OptionDefinition, OptionKind } from '../state/commands.js';
import type { Channel } from '../state/model.js';
import { OptionField, type OptionValue } from './OptionField.js';
import { faultOf } from './optionRules.js';

interface Props {
	channel: Channel;
	leaf: Leaf;
	onDone: () => void;
}

type Values = Record<string, OptionValue>;

/** A chosen command with its options as fields, in one line as Discord shows it. */
export function CommandForm({ channel, leaf, onDone }: Props) {
	const client = useClient();
	const form = useRef<HTMLFormElement>(null);
	const [values, setValues] = useState<Values>({});
	const [shown, setShown] = useState(() => leaf.options.filter(({ required }) => required === true).map(({ name }) => name));
	const [fault, setFault] = useState<string | null>(null);
	const [focused, setFocused] = useState<OptionDefinition | null>(null);
	const open = leaf.options.filter(({ name }) => shown.includes(name));
	const rest = leaf.options.filter(({ name }) => !shown.includes(name));
	useEffect(() => {
		// The newest field, or the whole form when there is none.
		const fields = form.current?.querySelectorAll<HTMLElement>('.option-field input');
		(shown.length > 0 ? fields?.[fields.length - 1 - Math.max(0, shown.length - 1 - firstEmpty())] : form.current)?.focus();
	}, [shown.length]);

	function firstEmpty(): number {
		const at = open.findIndex(({ name }) => values[name] === undefined);
		return at === -1 ? open.length - 1 : at;
	}

	const submit = async () => {
		const wrong = open.map((option) => faultOf(option, values[option.name])).find((found) => found !== null);
		setFault(wrong ?? null);
		if (wrong !== undefined) return;
		const files: File[] = [];
		const given = open.flatMap((option) => giveOption(option, values[option.name], files));
		onDone();
		await client.interactions.start({
			type: 2,
			channelId: channel.id,
			words: `/${leaf.words}`,
			data: commandData(leaf, given, files),
			files
		});
	};
	const offer = (option: OptionDefinition) => async (typed: string) => {
		const others = open.filter(({ name }) => name !== option.name).flatMap((other) => giveOption(other, values[other.name], []));
		const asked: GivenOption = { name: option.name, type: option.type, value: typed, focused: true };
		const choices = await client.interactions.autocomplete(channel.id, commandData(leaf, [...others, asked]));
		return choices.map(({ name, value }) => ({ value: String(value), label: name }));
	};
	const keyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape') onDone();
		else if (event.key === 'Enter') {
			event.preventDefault();
			void submit();
		} else if (event.key === 'Backspace' && event.target instanceof HTMLInputElement && event.target.value === '') {
			const last = open.at(-1);
			if (last !== undefined && last.required !== true) setShown(shown.filter((name) => name !== last.name));
			else if (open.length <= 1) onDone();
		}
	};
	return (
		<form
			class="composer command"
			ref={form}
			tabIndex={-1}
			aria-label={`/${leaf.words}`}
			onKeyDown={keyDown}
			onSubmit={(event) => {
				event.preventDefault();
				void submit();
			}}
		>
			<p class={fault === null ? 'command-hint' : 'command-hint fault'} role={fault === null ? undefined : 'alert'}>
				{fault ?? (focused === null ? leaf.description : `${focused.name}: ${focused.description}`)}
			</p>
			<div class="composer-line">
				<span class="command-name">/{leaf.words}</span>
				<div class="command-options">
					{open.map((option) => (
						<OptionField
							key={option.name}
							option={option}
							value={values[option.name]}
							offer={offer(option)}
							onFocus={() => setFocused(option)}
							onChange={(value) => {
								setFault(null);
								setValues((old) => ({ ...old, [option.name]: value }));
							}}
						/>
					))}
					{rest.map((option) => (
						<button
							key={option.name}
							type="button"
							class="add-option"
							title={option.description}
							onClick={() => setShown([...shown, option.name])}
						>
							+ {option.name}
						</button>
					))}
				</div>
				<button type="button" class="quiet" aria-label="Cancel the command" onClick={onDone}>
					<Icon name="close" />
				</button>
				<button type="submit" class="quiet send" aria-label="Run the command">
					<Icon name="send" />
				</button>
			</div>
		</form>
	);
}

/** An option as a client sends it; its file goes to `files`. */
function giveOption({ name, type }: OptionDefinition, value: OptionValue, files: File[]): GivenOption[] {
	if (value === undefined || value === '') return [];
	if (value instanceof File) {
		files.push(value);
		return [{ name, type, value: String(files.length - 1) }];
	}
	if (type === OptionKind.Integer || type === OptionKind.Number) return [{ name, type, value: Number(value) }];
	if (type === OptionKind.Boolean) return [{ name, type, value: value === 'true' }];
	return [{ name, type, value }];
}
