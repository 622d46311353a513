import type { House } from './house.js';

/** A channel with more than two bulk deletes of messages, and three people beside its owner. */
export async function muchTalk({ discord }: House) {
	const guild = await discord.guild({ members: ['ana', 'bea', 'cid'] });
	const [ana, bea, cid] = guild.members;
	if (!ana || !bea || !cid) throw new Error('The server is not complete');
	const general = guild.channel('general');
	for (let index = 0; index < 125; index += 1) await Promise.all([ana.send(general, `tea ${index}`), bea.send(general, `cake ${index}`)]);
	/** Discord shows a hundred at once. */
	const left = async (before?: string): Promise<number> => {
		const page = await guild.owner.api.get(`/channels/${general.id}/messages?limit=100${before === undefined ? '' : `&before=${before}`}`);
		const messages = (Array.isArray(page) ? page : []).map((message) => Object(message));
		const last: unknown = messages.at(-1)?.id;
		const talk = messages.filter(({ content }) => /^(tea|cake) /.test(String(content))).length;
		return talk + (typeof last === 'string' ? await left(last) : 0);
	};
	return { guild, owner: guild.owner, cid, general, left };
}
