import type { Secret } from '#lib/core/secret.js';

const mark = '[secret]';

/** Shapes that are secret wherever they stand. The first group is kept. Each is linear in the length of the text. */
const shapes: readonly RegExp[] = [
	// Discord bot token: id in base 64, time, signature.
	/()\b(?:mfa\.)?[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}/g,
	// Webhook and interaction tokens in addresses.
	/(\/(?:webhooks|interactions)\/\d{15,20}\/)[\w.%-]{16,}/g,
	// The password of an address: postgresql://user:password@host.
	/(:\/\/[^\s:/?#@"'\\]{0,200}:)[^\s/?#"'\\]+(?=@)/g,
	// Header values, also inside quoted JSON.
	/(\b(?:proxy-)?authorization\\?["']?\s{0,9}[:=,]\s{0,9}\\?["']?(?:(?:Bot|Bearer|Basic|Digest)\s{1,9})?)[^\s"'\\,}\]]+/gi,
	/(\b(?:Bot|Bearer)\s{1,9})[\w.~+/-]{16,}=*/g,
	/(\b(?:set-)?cookie\\?["']?\s{0,9}[:=]\s{0,9}\\?["']?)[^"'\\\r\n]+/gi,
	// Fields that are named after what they hold.
	/((?:token|password|passwd|secret|api[_-]?key|rival_api|private[_-]?key)\\?["']\s{0,9}:\s{0,9}\\?["'])[^"'\\]+/gi,
	/((?:token|password|secret|api[_-]?key|[?&]key|[?&]signature)=)[^&\s"'\\]+/gi
];

/** Takes secrets out of text before it leaves the process: known values wherever they stand, and everything that looks like one. */
export class Redactor {
	readonly #known: string[];

	public constructor(secrets: readonly Secret[] = []) {
		const values = secrets.flatMap((secret) => [secret.reveal(), ...passwordsOf(secret.reveal())]);
		// Longest first, so that no tail of a longer secret is left over.
		this.#known = [...new Set(values.flatMap(spellings))].filter((value) => value.length >= 6).sort((a, b) => b.length - a.length);
	}

	public redact(text: string): string {
		let redacted = text;
		for (const value of this.#known) redacted = redacted.replaceAll(value, mark);
		for (const shape of shapes) redacted = redacted.replace(shape, (_, kept: string) => `${kept}${mark}`);
		return redacted;
	}
}

/** The ways in which one value appears in text: as it is, inside JSON, and in an address. */
function spellings(value: string): string[] {
	return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
}

function passwordsOf(address: string): string[] {
	if (!URL.canParse(address)) return [];
	const { password } = new URL(address);
	try {
		return password === '' ? [] : [password, decodeURIComponent(password)];
	} catch (error) {
		// A lone % in a password: it stands in the log as it was written.
		if (error instanceof URIError) return [password];
		throw error;
	}
}
