/** Loaded into the built bot, which runs unchanged: counts its messages and reads its own metrics. */
import { container } from '@sapphire/pieces';
import { Events, type Message } from 'discord.js';
import { meter } from '../meter.js';

const port = process.env['HTTP_PORT'] ?? '';
const { seen, ready } = meter(statementsSoFar);

/** SQL by name, and all Redis commands, as the bot counts them. The timer loop looks once a second, whatever is said. */
async function statementsSoFar(): Promise<Record<string, number>> {
	const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
	const found = [...text.matchAll(/^evict_sql_total\{kind="([^"]*)"\} (\d+)/gm)].map(
		([, kind = '', count]) => [`sql ${kind}`, Number(count)] as const
	);
	return Object.fromEntries(found.filter(([name]) => !/timers|probe|clock/.test(name)));
}

const waiting = setInterval(() => {
	const { client, messages } = container;
	if (!client?.isReady() || messages === undefined) return;
	clearInterval(waiting);
	// Counted where the bot's own work on the message has ended, not where it begins.
	const onMessage = messages.onMessage.bind(messages);
	messages.onMessage = (message: Message) => onMessage(message).finally(seen);
	if (client.listenerCount(Events.MessageCreate) === 0) throw new Error('The bot does not listen to messages');
	setTimeout(ready, 2000);
}, 50);
