import { AwsV4Signer } from 'aws4fetch';
import { type HttpClient, HttpError } from '#lib/http/index.js';
import type { BucketAddress } from './bucketAddress.js';

/** A slow line carries 25 MB in it. */
const transferTimeoutMs = 60_000;
const probeTimeoutMs = 3_000;
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Request {
	readonly method: 'GET' | 'PUT' | 'DELETE';
	/** SHA-256 of the body, which is signed with the rest. */
	readonly hash?: string;
	readonly bytes?: Uint8Array;
	readonly statuses?: readonly number[];
	readonly maxBytes?: number;
	readonly timeoutMs?: number;
	readonly retries?: number;
	readonly signal?: AbortSignal;
}

/** Objects of one bucket, by the interface that S3, R2, MinIO and Garage share. Rejects with `HttpError`. */
export class Bucket {
	readonly #keys = new Map<string, ArrayBuffer>();

	public constructor(
		public readonly address: BucketAddress,
		private readonly http: HttpClient
	) {}

	public async write(key: string, hash: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
		await this.#request(key, { method: 'PUT', hash, bytes, signal });
	}

	/** Null when there is no such object. */
	public async read(key: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | null> {
		const { status, bytes } = await this.#request(key, { method: 'GET', maxBytes, statuses: [404], signal });
		return status === 404 ? null : bytes;
	}

	/** What is not there is gone already. */
	public async remove(key: string, signal: AbortSignal): Promise<void> {
		await this.#request(key, { method: 'DELETE', statuses: [404], signal });
	}

	/** Writes and removes a small object, since a key may be allowed just that. Answers what is wrong, or null. */
	public async fault(): Promise<string | null> {
		const how = { retries: 0, timeoutMs: probeTimeoutMs };
		try {
			await this.#request('probe', { method: 'PUT', hash: emptyHash, bytes: new Uint8Array(), ...how });
			await this.#request('probe', { method: 'DELETE', statuses: [404], ...how });
			return null;
		} catch (error) {
			if (!(error instanceof HttpError)) throw error;
			if (error.status === 401 || error.status === 403) return "refuses the key, or this machine's clock is wrong";
			if (error.status === 404) return 'has no such bucket';
			return error.status === undefined ? `does not answer (${error.reason ?? error.code})` : `answers with status ${error.status}`;
		}
	}

	async #request(key: string, { method, hash = emptyHash, bytes, ...how }: Request) {
		const { origin, bucket, prefix, region, accessKeyId, secretAccessKey } = this.address;
		// By the machine's own time: it is the store's time that the signature must be near to, not ours.
		const signed = await new AwsV4Signer({
			method,
			url: `${origin}/${bucket}/${prefix}${key}`,
			headers: { 'x-amz-content-sha256': hash },
			accessKeyId,
			secretAccessKey: secretAccessKey.reveal(),
			service: 's3',
			region,
			cache: this.#keys
		}).sign();
		return this.http.bytes(signed.url, {
			timeoutMs: transferTimeoutMs,
			...how,
			method,
			headers: Object.fromEntries(signed.headers),
			// A plain type, so that no browser runs what somebody uploaded.
			...(bytes === undefined ? {} : { body: { bytes, type: 'application/octet-stream' } })
		});
	}
}
