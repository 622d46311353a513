/** Discord takes lower-case names with dashes or underscores: `inDm` is `in_dm`. */
export function slashName(name: string): string {
	return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
