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
		const init: RequestInit = { method, headers };
		if (files.length > 0) init.body = form(body, files);
		else if (body !== undefined) {
			headers['content-type'] = 'application/json';
			init.body = JSON.stringify(body);
		}
		const response = await fetch(this.base + path, init);
		const text = await response.text();
		const answer: Json = text === '' ? null : JSON.parse(text);
		if (!response.ok) throw new ApiRefusal(response.status, codeOf(answer), answer, `${method} ${path}`);
		return answer;
	}
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
