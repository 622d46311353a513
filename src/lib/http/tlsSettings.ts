import { rootCertificates } from 'node:tls';

export interface TlsSettings {
	/** Written out, because NODE_TLS_REJECT_UNAUTHORIZED would otherwise switch checking off. */
	readonly rejectUnauthorized: true;
	readonly ca?: string[];
}

/** Certificates are always verified; `authorities` (PEM) are taken besides the public ones. */
export function tlsSettings(authorities: readonly string[]): TlsSettings {
	return authorities.length === 0 ? { rejectUnauthorized: true } : { rejectUnauthorized: true, ca: [...rootCertificates, ...authorities] };
}
