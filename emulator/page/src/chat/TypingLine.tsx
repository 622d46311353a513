import { useClient } from '../client/context.js';

/** "Adam is typing…" */
export function TypingLine({ channelId }: { channelId: string }) {
	const client = useClient();
	const now = Date.now();
	const names = [...(client.typing.get(channelId) ?? [])]
		.filter(([, until]) => until > now)
		.map(([id]) => {
			const user = client.guild?.members.get(id)?.user ?? client.channel?.recipients.find((recipient) => recipient.id === id);
			return user === undefined ? 'Somebody' : client.nameOf(user);
		});
	return (
		<p class="typing" role="status">
			{names.length > 0 && (
				<>
					<span class="dots" /> <b>{names.join(', ')}</b> {names.length === 1 ? 'is' : 'are'} typing…
				</>
			)}
		</p>
	);
}
