import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';

/** Refusals and failures: lines that this person alone sees, until he closes them. */
export function Notices({ channelId }: { channelId: string }) {
	const client = useClient();
	const notices = client.notices.filter((notice) => notice.channelId === channelId);
	const waiting = client.interactions.pending.filter((pending) => pending.channelId === channelId && pending.words !== null);
	return (
		<>
			{waiting.map((pending) => (
				<p key={pending.nonce} class="notice waiting-line" role="status">
					<span class="dots" /> Sending {pending.words}…
				</p>
			))}
			{notices.map((notice) => (
				<p key={notice.id} class="notice" role="alert">
					{notice.text}
					<button type="button" class="quiet" aria-label="Dismiss" onClick={() => client.dropNotice(notice.id)}>
						<Icon name="close" size={14} />
					</button>
				</p>
			))}
		</>
	);
}
