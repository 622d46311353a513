import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import type { UploadedFile } from '../rest/route.js';
import { signed } from '../state/cdnLinks.js';
import type { Channel } from '../state/channel.js';
import type { Attachment, JsonObject } from '../state/types.js';
import { imageSize } from './imageSize.js';

/** Discord: ten files on a message. */
const MOST = 10;

/**
 * Keeps the uploaded files on the CDN and answers the message's attachments; `undefined` when the request says nothing of them.
 * `kept` are those of the message being edited: only the ones the body still lists stay.
 */
export function storeAttachments(
	discord: Discord,
	channel: Channel,
	body: Body,
	files: UploadedFile[],
	kept: Attachment[]
): Attachment[] | undefined {
	const listed = body.objects('attachments');
	if (listed === undefined && files.length === 0) return undefined;
	const stay = listed === undefined ? kept : kept.filter((old) => listed.some((entry) => String(entry['id']) === old.id));
	if (stay.length + files.length > MOST) throw refuse(30015);
	if (files.some(({ data }) => data.length > largestFile(discord, channel))) throw refuse(40005);
	const fresh = files.map((file, position) => {
		const about = listed?.find((entry) => String(entry['id']) === String(file.index ?? position));
		return store(discord, channel, file, about);
	});
	return [...stay, ...fresh];
}

/** Bytes a file may have here; boosts raise it. https://discord.com/developers/docs/reference#uploading-files */
function largestFile(discord: Discord, channel: Channel): number {
	const tier = discord.world.guilds.get(channel.guildId ?? '')?.premiumTier ?? 0;
	return ([10, 10, 50, 100][tier] ?? 10) << 20;
}

/** Keeps one file and answers its attachment. */
export function store(discord: Discord, channel: Channel, file: UploadedFile, about: JsonObject | undefined): Attachment {
	const id = discord.world.ids.next();
	const filename = cleanName(typeof about?.['filename'] === 'string' ? about['filename'] : file.filename);
	const path = `attachments/${channel.id}/${id}/${filename}`;
	discord.world.files.set(path, { data: file.data, contentType: file.contentType });
	const url = signed(`${discord.urls.cdn}/${path}`, discord.world.clock.now());
	const size = imageSize(file.data);
	return {
		id,
		filename,
		size: file.data.length,
		url,
		proxy_url: url,
		content_type: file.contentType,
		...(size ?? {}),
		...(typeof about?.['description'] === 'string' ? { description: about['description'] } : {}),
		...(typeof about?.['title'] === 'string' ? { title: about['title'] } : {})
	};
}

/** Discord keeps letters, digits, dot, dash and underscore. */
function cleanName(name: string): string {
	const clean = name.replace(/\s+/g, '_').replace(/[^\p{L}\p{N}._-]/gu, '');
	return clean === '' ? 'unknown' : clean;
}
