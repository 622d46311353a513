/**
 * The bot cannot start, for reasons that its owner can mend. The message is whole sentences in plain words:
 * it is printed as it is, without a stack, and the process ends with code 1.
 */
export class StartFailure extends Error {
	public override readonly name = 'StartFailure';
}
