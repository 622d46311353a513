import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import type { Message } from '../state/model.js';
import type { Component } from './model.js';
import { chosenAtFirst, Select } from './Select.js';

/** A select of a message: sent when its list closes with something new. */
export function MessageSelect({ component, message }: { component: Component; message: Message }) {
	const client = useClient();
	const [own, setOwn] = useState<string[] | null>(null);
	const { custom_id: customId = '' } = component;
	const before = chosenAtFirst(component);
	const values = own ?? before;
	const done = async (chosen: string[]) => {
		const least = component.min_values ?? 1;
		if (chosen.length < least || String(chosen) === String(before)) {
			setOwn(null);
			return;
		}
		await client.interactions.start({
			type: 3,
			channelId: message.channel_id,
			messageId: message.id,
			messageFlags: message.flags ?? 0,
			customId,
			data: { component_type: component.type, custom_id: customId, values: chosen }
		});
		// Whatever the message says afterwards holds.
		setOwn(null);
	};
	return (
		<Select
			component={component}
			label={component.placeholder ?? 'Select'}
			values={values}
			disabled={component.disabled === true}
			busy={client.interactions.isPending(message.id, customId)}
			onChange={setOwn}
			onDone={(chosen) => void done(chosen)}
		/>
	);
}
