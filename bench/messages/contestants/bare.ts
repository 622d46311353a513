/** Bare discord.js: default caches, one empty listener. */
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { meter } from '../meter.js';

const { seen, ready } = meter();
const { Guilds, GuildMembers, GuildMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
	// The scheduled-tasks plugin makes this a part of every client's options.
	tasks: { bull: { connection: {} } },
	intents: [Guilds, GuildMembers, GuildMessages, MessageContent],
	rest: { api: process.env['DISCORD_API_URL'] ?? '' }
});
client.on(Events.MessageCreate, () => seen());
client.once(Events.ClientReady, ready);
await client.login(process.env['DISCORD_TOKEN'] ?? '');
