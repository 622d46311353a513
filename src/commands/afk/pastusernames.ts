import { container } from '@sapphire/pieces';
import { choice, optional, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { nameKinds } from '#modules/afk/domain.js';
import { nameLine } from '#modules/afk/view.js';

export const PastUsernames = defineCommand({
	id: 'afk.pastusernames',
	name: 'pastusernames',
	aliases: ['names', 'usernames', 'oldnames', 'pastnames'],
	slash: 'names show',
	options: { user: optional(user()), kind: optional(choice(nameKinds)) },
	async run(context, { user: given, kind }) {
		const who = given ?? context.user;
		const names = await container.services.afk.names.list(who.id, context.guild.id, kind);
		if (names.length === 0) throw refusal('afk', 'no-names', { user: who.username });
		await context.paginate({
			title: context.t('afk:names.title', { user: who.username }),
			lines: names.map((name) => nameLine(name, kind, context.t)),
			numbered: true
		});
	}
});
