import { type EmbeddedServer, openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { defaultDataFolder } from '#lib/data/embedded/folder.js';

/** The embedded server, held here too, so that it runs on while the bot starts again. */
export async function openDevDatabase(folder: string | null): Promise<EmbeddedServer> {
	const log = { info: () => undefined, warn: (_: object, message: string) => void process.stderr.write(`${message}\n`) };
	return openEmbeddedServer({ folder: folder ?? (await defaultDataFolder()), log });
}
