import { useEffect, useRef } from 'preact/hooks';
import { type Item, Option } from '../common/Combobox.js';
import type { Leaf } from '../state/commands.js';
import type { SuggestionState } from './useSuggestions.js';

export interface Suggestion extends Item {
	leaf?: Leaf;
	/** What the whole field says when this is chosen. */
	text?: string;
}

/** The list above the field. */
export function Suggestions({ state, onChoose }: { state: SuggestionState; onChoose: (suggestion: Suggestion) => void }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
	}, [state.active]);
	if (state.items.length === 0) return null;
	return (
		<div class="suggestions" role="listbox" aria-label="Suggestions" ref={box}>
			{state.items.map((item, index) => (
				<Option key={item.value} item={item} selected={index === state.active} onChoose={() => onChoose(item)} />
			))}
		</div>
	);
}
