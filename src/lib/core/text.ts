/** `text` without what PostgreSQL cannot keep, neither as text nor as JSON: U+0000, and halves of a character. */
export function storable(text: string): string {
	return text.replaceAll('\0', '').toWellFormed();
}

// Unicode: white space, control and format characters, what is ignored where it cannot be shown (zero-width joiners, fillers,
// selectors, tags), and the braille pattern without dots.
const nothingToSee = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether people see anything of it. */
export function isVisible(text: string): boolean {
	return !nothingToSee.test(text);
}
