import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { sendFile } from '#modules/privacy/discord.js';
import { countRows, dataFile } from '#modules/privacy/file.js';

export const MyData = defineCommand({
	id: 'privacy.mydata',
	name: 'mydata',
	where: 'both',
	answer: 'private',
	cooldown: { uses: 1, seconds: 60, scope: 'user' },
	slash: 'mydata',
	async run(context) {
		const { user, t } = context;
		await context.defer();
		const data = await container.services.privacy.export(user.id, t);
		const count = countRows(data);
		if (count === 0) return context.neutral('privacy:mydata.nothing');
		const file = await dataFile(data, user.id, container.kit.clock.now());
		if (file === null) throw refusal('privacy', 'too-big');
		if (!(await sendFile(user, t('privacy:mydata.message', { count }), file))) throw refusal('privacy', 'dm-closed');
		return context.success('privacy:mydata.sent');
	}
});
