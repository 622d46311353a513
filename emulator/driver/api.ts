import { Agent, request as send } from 'node:http';
import type { Json, JsonObject } from '../state/types.js';

/** Discord said no. */
export class ApiRefusal extends Error {
	constructor(
		readonly status: number,
		/** Discord's error code, 0 when there is none. */
		readonly code: number,
		readonly body: unknown,
		what: string
	) {
		super(`${what}: ${status} ${JSON.stringify(body)}`);
		this.name = 'ApiRefusal';
	}
}

export interface UploadFile {
	name: string;
	data: Uint8Array | string;
	type?: string;
}

/** Talks to an emulator over HTTP as one person (or as nobody, for `/_emulator`). */
export class Api {
	constructor(
		/** Everything before the path: `http://…/api/v10` or `http://…/_emulator`. */
		readonly base: string,
		readonly token: string | null
	) {}

	get(path: string): Promise<Json> {
		return this.request('GET', path);
	}

	async object(path: string): Promise<JsonObject> {
		return asObject(await this.get(path));
	}

	post(path: string, body?: Json, files: UploadFile[] = [], headers: Record<string, string> = {}): Promise<Json> {
		return this.request('POST', path, body, files, headers);
	}

	patch(path: string, body: Json): Promise<Json> {
		return this.request('PATCH', path, body);
	}

	put(path: string, body?: Json): Promise<Json> {
		return this.request('PUT', path, body);
	}

	delete(path: string): Promise<Json> {
		return this.request('DELETE', path);
	}

	async request(method: string, path: string, body?: Json, files: UploadFile[] = [], extra: Record<string, string> = {}): Promise<Json> {
		const headers: Record<string, string> = { ...extra };
		if (this.token !== null) headers['authorization'] = this.token;
		const payload = await payloadOf(body, files);
		if (payload !== null) headers['content-type'] = payload.type;
		const { status, text } = await exchange(this.base + path, method, headers, payload?.data);
		const answer: Json = text === '' ? null : JSON.parse(text);
		if (status >= 300) throw new ApiRefusal(status, codeOf(answer), answer, `${method} ${path}`);
		return answer;
	}
}

const agent = new Agent({ keepAlive: true });

/** One request and its answer. Not by `fetch`, which takes twice the time of the processor: stories ask thousands of times. */
function exchange(
	url: string,
	method: string,
	headers: Record<string, string>,
	data?: string | Uint8Array
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const asked = send(url, { agent, method, headers }, (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (part: string) => {
				text += part;
			});
			response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
			response.on('error', reject);
		});
		asked.on('error', reject);
		asked.end(data);
	});
}

async function payloadOf(body: Json | undefined, files: UploadFile[]): Promise<{ type: string; data: string | Uint8Array } | null> {
	if (files.length > 0) {
		const multipart = new Response(form(body, files));
		return { type: multipart.headers.get('content-type') ?? '', data: new Uint8Array(await multipart.arrayBuffer()) };
	}
	return body === undefined ? null : { type: 'application/json', data: JSON.stringify(body) };
}

function form(body: Json | undefined, files: UploadFile[]): FormData {
	const data = new FormData();
	if (body !== undefined) data.set('payload_json', JSON.stringify(body));
	for (const [index, file] of files.entries()) {
		const bytes = typeof file.data === 'string' ? new TextEncoder().encode(file.data) : new Uint8Array(file.data);
		data.set(`files[${index}]`, new Blob([bytes], { type: file.type ?? 'application/octet-stream' }), file.name);
	}
	return data;
}

function codeOf(answer: Json): number {
	const { code } = asObject(answer);
	return typeof code === 'number' ? code : 0;
}

/** A JSON object, or an empty one for anything else. */
export function asObject(value: Json | undefined): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The objects of a JSON list. */
export function asObjects(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.map(asObject) : [];
}
