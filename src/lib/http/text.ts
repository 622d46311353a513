import { TextDecoder } from 'node:util';

/** Bytes as text, in the character set that the sender names; UTF-8 when it names none or one that nobody knows. */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
	const label = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];
	return decoder(label).decode(bytes);
}

function decoder(label: string | undefined): TextDecoder {
	try {
		return new TextDecoder(label ?? 'utf-8');
	} catch (error) {
		if (error instanceof RangeError) return new TextDecoder('utf-8');
		throw error;
	}
}
