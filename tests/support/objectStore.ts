import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from './http.js';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest();

export interface SignedRequest {
	readonly method: string;
	/** Path and query as they were sent. */
	readonly target: string;
	readonly headers: Readonly<Record<string, string>>;
}

/**
 * The signature that a request of S3 must have, from Amazon's description "Authenticating Requests (AWS Signature Version 4)".
 * Null when there is no such header.
 */
export function signatureOf(
	{ method, target, headers }: SignedRequest,
	secret: string
): { given: string; right: string; scope: string } | null {
	const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
		headers['authorization'] ?? ''
	);
	if (match === null) return null;
	const [, , scope = '', signed = '', given = ''] = match;
	const [path = '', query = ''] = target.split('?');
	const canonical = [
		method,
		path,
		query.split('&').filter(Boolean).sort().join('&'),
		...signed.split(';').map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
		'',
		signed,
		headers['x-amz-content-sha256'] ?? ''
	].join('\n');
	const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
	const key = scope.split('/').reduce<string | Uint8Array>((previous, part) => hmac(previous, part), `AWS4${secret}`);
	return { given, right: hmac(key, text).toString('hex'), scope };
}

export interface ObjectStore extends AsyncDisposable {
	/** What BLOB_URL says. */
	readonly url: string;
	readonly objects: Map<string, Buffer>;
	/** `METHOD` of each request that was signed well. */
	readonly asked: string[];
	/** Answers every request with it, until it is null again. */
	fault: number | null;
	/** Awaited before a request is done. */
	before: (method: string, name: string) => Promise<void>;
}

/** A store of one bucket that speaks as much of S3 as the bot does, and takes no request whose signature it cannot confirm. */
export async function openObjectStore({
	accessKeyId = 'KEY',
	secret = 'a/secret+of%40',
	bucket = 'files',
	region = 'here-1'
} = {}): Promise<ObjectStore> {
	const objects = new Map<string, Buffer>();
	const asked: string[] = [];
	const answer = (response: ServerResponse, status: number, body: string | Buffer = '') => void response.writeHead(status).end(body);

	const server = await startServer(async (request, response) => {
		const body = await bodyOf(request);
		const method = request.method ?? '';
		const fault = faultOf(request, body);
		if (fault !== null) return answer(response, 403, `<Error><Code>${fault}</Code></Error>`);
		asked.push(method);
		const [, container, ...rest] = (request.url ?? '').split('/');
		const name = rest.join('/');
		if (container !== bucket) return answer(response, 404, '<Error><Code>NoSuchBucket</Code></Error>');
		if (store.fault !== null) return answer(response, store.fault);
		await store.before(method, name);
		if (method === 'PUT') objects.set(name, body);
		if (method === 'DELETE') objects.delete(name);
		if (method !== 'GET') return answer(response, method === 'DELETE' ? 204 : 200);
		const object = objects.get(name);
		if (object === undefined) answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
		else answer(response, 200, object);
	});

	function faultOf(request: IncomingMessage, body: Buffer): string | null {
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		const signature = signatureOf({ method: request.method ?? '', target: request.url ?? '', headers }, secret);
		if (signature === null) return 'AccessDenied';
		const { 'x-amz-date': at = '', 'x-amz-content-sha256': hash, authorization = '' } = headers;
		if (!authorization.includes(`Credential=${accessKeyId}/`)) return 'InvalidAccessKeyId';
		if (signature.scope !== `${at.slice(0, 8)}/${region}/s3/aws4_request`) return 'AuthorizationHeaderMalformed';
		const time = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
		if (!(Math.abs(Date.now() - time) < 15 * 60_000)) return 'RequestTimeTooSkewed';
		if (signature.given !== signature.right) return 'SignatureDoesNotMatch';
		return hash === sha256(body) ? null : 'XAmzContentSHA256Mismatch';
	}

	const url = new URL(`${server.origin}/${bucket}?region=${region}`);
	url.username = accessKeyId;
	const store: ObjectStore = {
		url: url.href.replace('@', `:${encodeURIComponent(secret)}@`),
		objects,
		asked,
		fault: null,
		before: async () => undefined,
		[Symbol.asyncDispose]: () => server[Symbol.asyncDispose]()
	};
	return store;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}
