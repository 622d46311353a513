import { Secret } from '#lib/core/secret.js';

/** A bucket of an S3-compatible store, and the key to it. */
export interface BucketAddress {
	/** `https://s3.example.org`, without a slash at the end. */
	readonly origin: string;
	readonly host: string;
	readonly bucket: string;
	/** Stands before the name of every object: empty, or with a slash at its end. */
	readonly prefix: string;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: Secret;
}

export const bucketExample = 'https://KEY:SECRET@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1';
/** What stores that have no regions take. */
const defaultRegion = 'us-east-1';

/** Reads `https://KEY:SECRET@host/bucket/folder?region=…`. A text says what is wrong, without the value. */
export function readBucketAddress(text: string): BucketAddress | string {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) return `must look like ${bucketExample}`;
	const accessKeyId = decoded(url.username);
	const secretAccessKey = decoded(url.password);
	if (accessKeyId === null || secretAccessKey === null || accessKeyId === '' || secretAccessKey === '')
		return `must hold a key and its secret (write / as %2F, + as %2B and % as %25 in them), as in ${bucketExample}`;
	const [bucket = '', ...folders] = url.pathname.split('/').filter((part) => part !== '');
	if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return `must name a bucket after the host, as in ${bucketExample}`;
	if (!folders.every((folder) => /^[\w-][\w.-]*$/.test(folder))) return 'may have folders of letters, digits, -, _ and . after the bucket';
	const unknown = [...url.searchParams.keys()].some((name) => name !== 'region');
	const region = url.searchParams.get('region') ?? defaultRegion;
	if (unknown || !/^[a-z0-9-]+$/.test(region)) return `takes ?region=… and nothing else after the bucket, as in ${bucketExample}`;
	return {
		origin: url.origin,
		host: url.host,
		bucket,
		prefix: folders.map((folder) => `${folder}/`).join(''),
		region,
		accessKeyId,
		secretAccessKey: new Secret(secretAccessKey)
	};
}

function decoded(part: string): string | null {
	try {
		return decodeURIComponent(part);
	} catch (error) {
		// A lone %: the sentence says how to write it.
		if (error instanceof URIError) return null;
		throw error;
	}
}
