import { useClient } from '../client/context.js';
import type { Message } from '../state/model.js';

/** A question with its answers: a press votes, another one takes the vote back. */
export function Poll({ message }: { message: Message }) {
	const client = useClient();
	const { poll } = message;
	if (poll === undefined) return null;
	const counts = new Map(poll.results?.answer_counts.map((each) => [each.id, each]));
	const chosen = [...counts.values()].flatMap(({ id, me_voted: mine }) => (mine ? [id] : []));
	const isOver = poll.results?.is_finalized === true;
	const votes = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
	const press = (id: number) => {
		const others = poll.allow_multiselect ? chosen.filter((each) => each !== id) : [];
		const answer_ids = chosen.includes(id) ? others : [...others, id];
		void client.try(() => client.rest.request('PUT', `/channels/${message.channel_id}/polls/${message.id}/answers/@me`, { answer_ids }));
	};
	return (
		<fieldset class="container poll" disabled={isOver}>
			<legend>{poll.question.text}</legend>
			{poll.answers.map(({ answer_id: id, poll_media: media }) => {
				const count = counts.get(id)?.count ?? 0;
				return (
					<button key={id} type="button" class="poll-answer" aria-pressed={chosen.includes(id)} onClick={() => press(id)}>
						<span>
							{media.emoji?.id == null && media.emoji?.name} {media.text}
						</span>
						<small>{count}</small>
						<span class="poll-bar" style={{ width: `${votes === 0 ? 0 : (100 * count) / votes}%` }} />
					</button>
				);
			})}
			<small>
				{votes} {votes === 1 ? 'vote' : 'votes'} •{' '}
				{isOver ? 'This poll has ended' : poll.allow_multiselect ? 'Choose one or more' : 'Choose one'}
			</small>
		</fieldset>
	);
}
