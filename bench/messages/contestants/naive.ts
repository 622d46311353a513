/** A Sapphire bot as most are written: one listener a feature, each with its own look at the server's settings in a Map. */
import { Events, Listener, SapphireClient } from '@sapphire/framework';
import { GatewayIntentBits, type Message } from 'discord.js';
import { meter } from '../meter.js';

const FEATURES = 20;

const { seen, ready } = meter();
const { Guilds, GuildMembers, GuildMessages, MessageContent } = GatewayIntentBits;
const client = new SapphireClient({
	// The scheduled-tasks plugin makes this a part of every client's options.
	tasks: { bull: { connection: {} } },
	intents: [Guilds, GuildMembers, GuildMessages, MessageContent],
	rest: { api: process.env['DISCORD_API_URL'] ?? '' },
	baseUserDirectory: null,
	loadMessageCommandListeners: true,
	defaultPrefix: ';'
});

for (let feature = 0; feature < FEATURES; feature += 1) {
	const settings = new Map<string, { on: boolean }>();
	const last = feature === FEATURES - 1;
	await client.stores.loadPiece({
		store: 'listeners',
		name: `feature${feature}`,
		piece: class extends Listener<typeof Events.MessageCreate> {
			public constructor(context: Listener.LoaderContext) {
				super(context, { event: Events.MessageCreate });
			}

			public override run(message: Message) {
				if (!message.author.bot && settings.get(message.guildId ?? '')?.on === true) void message.react('👍');
				if (last) seen();
			}
		}
	});
}
client.once(Events.ClientReady, ready);
await client.login(process.env['DISCORD_TOKEN'] ?? '');
