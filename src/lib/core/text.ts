/** `text` without what PostgreSQL cannot keep in one: U+0000. */
export function storable(text: string): string {
	return text.replaceAll('\0', '');
}
