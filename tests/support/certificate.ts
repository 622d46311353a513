import { generateKeyPairSync, sign } from 'node:crypto';

/** One DER element: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/**
 * A self-signed certificate for one host name, made anew in each run: no key lies in the repository and none expires there.
 * RFC 5280 4.1; only subjectAltName and basicConstraints, which is all that a client looks at.
 */
export function certificateFor(host: string): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(host)))));
	const extension = (id: number, value: Buffer) => sequence(oid(0x55, 0x1d, id), der(0x04, value));
	const body = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ECDSA_SHA256,
		name,
		sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(extension(0x11, sequence(der(0x82, Buffer.from(host)))), extension(0x13, sequence(der(0x01, Buffer.from([0xff]))))))
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
	const base64 = sequence(body, ECDSA_SHA256, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
	};
}
