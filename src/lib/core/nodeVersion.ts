/** The oldest Node that Evict runs on. */
const oldest = [22, 12] as const;

/** One sentence when this Node is too old to run the bot, otherwise null. */
export function nodeFault(version: string): string | null {
	const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
	if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
	return `Evict needs Node ${oldest.join('.')} or newer, and this is Node ${version.replace(/^v/, '')}: start it with "npm start" (which brings a newer Node on Linux) or install one from https://nodejs.org.`;
}
