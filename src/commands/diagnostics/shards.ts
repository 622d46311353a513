import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { marks } from '#lib/discord/theme.js';
import { ownShards, shardCountOf } from '#modules/information/discord.js';

export const Shards = defineCommand({
	id: 'diagnostics.shards',
	name: 'shards',
	where: 'both',
	slash: 'shards',
	async run(context) {
		const states = await container.services.information.shards.read(shardCountOf(context.client), ownShards(context.client));
		const lines = states.map((state, id) => {
			const mark = markup(id === (context.guild?.shardId ?? 0) ? marks.here : marks.on);
			if (state === null) return context.t('diagnostics:shards.line-unknown', { mark: markup(marks.off), id });
			return context.t(state.ping < 0 ? 'diagnostics:shards.line-new' : 'diagnostics:shards.line', { mark, ...state });
		});
		await context.paginate({ title: context.t('diagnostics:shards.title'), lines });
	}
});
