import { createHash } from 'node:crypto';

/** The application's id, which a token begins with; a number made from the token where it does not. */
export function applicationIdOf(token: string): string {
	const [first = ''] = token.split('.', 1);
	const id = Buffer.from(first, 'base64').toString('utf8');
	if (/^\d{15,20}$/.test(id)) return id;
	// 62 bits: PostgreSQL's bigint is signed.
	return (createHash('sha256').update(token).digest().readBigUInt64BE() >> 2n).toString();
}
