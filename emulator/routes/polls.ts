import { isOver, votesOf } from '../actions/pollState.js';
import { endPoll, vote } from '../actions/polls.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';
import { partialUserView } from '../views/user.js';
import { requireMessage } from './messages.js';

/** Polls. People vote by the route of Discord's own clients. https://discord.com/developers/docs/resources/poll */
export function polls(routes: RouteTable): void {
	routes.get('/channels/:channelId/polls/:messageId/answers/:answerId', voters);
	routes.post('/channels/:channelId/polls/:messageId/expire', expire);
	routes.put('/channels/:channelId/polls/:messageId/answers/@me', castVote, { auth: 'user' });
}

function target(call: Call, without: 520_000 | 520_006): { channel: Channel; message: Message } {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const message = requireMessage(call, channel);
	if (message.poll === null) throw refuse(without);
	return { channel, message };
}

function voters(call: Call): JsonObject {
	const { message } = target(call, 520_000);
	const after = call.query['after'] ?? '0';
	const ids = [...(votesOf(call.world, message).get(Number(call.param('answerId'))) ?? [])].sort(compareSnowflakes);
	const page = ids.filter((id) => compareSnowflakes(id, after) > 0).slice(0, call.limit('limit', 25, 1, 100));
	return { users: page.flatMap((id) => call.world.users.get(id) ?? []).map(partialUserView) };
}

function expire(call: Call): JsonObject {
	const { channel, message } = target(call, 520_006);
	if (message.author.id !== call.actorId) throw refuse(50005);
	if (isOver(call.world, message)) throw refuse(520_001);
	endPoll(call.discord, channel, message);
	return messageView(call.world, message, call.actorId);
}

function castVote(call: Call): Reply {
	const { channel, message } = target(call, 520_000);
	if (isOver(call.world, message)) throw refuse(520_001);
	const wanted = (call.body.list('answer_ids') ?? []).map(Number);
	call.body.done();
	const answers = Array.isArray(message.poll?.['answers']) ? message.poll['answers'].length : 0;
	if (wanted.some((id) => !Number.isInteger(id) || id < 1 || id > answers)) throw refuse(520_000);
	if (wanted.length > 1 && message.poll?.['allow_multiselect'] !== true) throw refuse(520_000);
	vote(call.discord, channel, message, call.actorId, wanted);
	return noContent;
}
