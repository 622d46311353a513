/** Discord said no. */
export class RestRefusal extends Error {
	override name = 'RestRefusal';

	constructor(
		readonly status: number,
		readonly code: number,
		message: string
	) {
		super(message);
	}
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface ErrorBody {
	message?: string;
	code?: number;
	errors?: unknown;
	retry_after?: number;
}

/** Discord's REST API as one person's client uses it; without a token, what the emulator itself offers. */
export class Rest {
	constructor(
		private readonly base: string,
		private readonly token: string | null
	) {}

	get<T>(path: string): Promise<T> {
		return this.request<T>('GET', path);
	}

	post<T = void>(path: string, body?: object, files: readonly File[] = []): Promise<T> {
		return this.request<T>('POST', path, body, files);
	}

	patch<T = void>(path: string, body: object): Promise<T> {
		return this.request<T>('PATCH', path, body);
	}

	put(path: string): Promise<void> {
		return this.request<void>('PUT', path);
	}

	delete(path: string): Promise<void> {
		return this.request<void>('DELETE', path);
	}

	/** @throws RestRefusal for every answer that is not a success. */
	async request<T>(method: Method, path: string, body?: object, files: readonly File[] = []): Promise<T> {
		const init: RequestInit = { method, headers: this.token === null ? {} : { authorization: this.token } };
		if (files.length > 0) init.body = form(body ?? {}, files);
		else if (body !== undefined) {
			init.body = JSON.stringify(body);
			init.headers = { ...init.headers, 'content-type': 'application/json' };
		}
		const response = await fetch(this.base + path, init);
		const text = await response.text();
		if (!response.ok) throw refusal(response.status, text);
		return text === '' ? (undefined as T) : (JSON.parse(text) as T);
	}
}

function form(body: object, files: readonly File[]): FormData {
	const data = new FormData();
	data.set('payload_json', JSON.stringify(body));
	for (const [index, file] of files.entries()) data.set(`files[${index}]`, file, file.name);
	return data;
}

function refusal(status: number, text: string): RestRefusal {
	let body: ErrorBody = {};
	try {
		body = JSON.parse(text) as ErrorBody;
	} catch {
		body = { message: text.slice(0, 200) };
	}
	const reasons = [...leaves(body.errors)];
	const wait = body.retry_after === undefined ? '' : ` Wait ${Math.ceil(body.retry_after)} seconds.`;
	return new RestRefusal(status, body.code ?? 0, reasons.length > 0 ? reasons.join(' ') : `${body.message ?? `Error ${status}`}${wait}`);
}

/** The sentences in Discord's tree of errors. */
function* leaves(tree: unknown): Generator<string> {
	if (typeof tree !== 'object' || tree === null) return;
	if ('message' in tree && typeof tree.message === 'string') yield tree.message;
	else for (const child of Object.values(tree)) yield* leaves(child);
}
