import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readBucketAddress } from '#lib/blobs/bucketAddress.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { readConfig } from '../../../src/config.js';

function read(text: string) {
	const address = readBucketAddress(text);
	if (typeof address === 'string') throw new Error(address);
	return address;
}

test('an address names host, bucket, region and key', () => {
	const { secretAccessKey, ...address } = read('https://AKIA:se%2Fcr%2Bet@s3.eu-central-1.amazonaws.com/evict?region=eu-central-1');
	expect(address).toEqual({
		origin: 'https://s3.eu-central-1.amazonaws.com',
		host: 's3.eu-central-1.amazonaws.com',
		bucket: 'evict',
		prefix: '',
		region: 'eu-central-1',
		accessKeyId: 'AKIA'
	});
	expect(secretAccessKey.reveal()).toBe('se/cr+et');
});

test('a port, folders and no region', () => {
	expect(read('http://key:secret@127.0.0.1:9000/evict/of/mine/')).toMatchObject({
		origin: 'http://127.0.0.1:9000',
		prefix: 'of/mine/',
		region: 'us-east-1'
	});
});

test.each([
	['no address', 'somewhere', /must look like/],
	['another scheme', 's3://key:canary@bucket', /must look like/],
	['no secret', 'https://key@host/bucket', /key and its secret/],
	['a lone % in the secret', 'https://key:canary%@host/bucket', /% as %25/],
	['no bucket', 'https://key:canary@host/', /must name a bucket/],
	['a bucket with capital letters', 'https://key:canary@host/Bucket', /must name a bucket/],
	['a folder that leads elsewhere', 'https://key:canary@host/bucket/a%2F..', /folders of letters/],
	['a misspelt region', 'https://key:canary@host/bucket?regoin=eu', /takes \?region/],
	['an empty region', 'https://key:canary@host/bucket?region=', /takes \?region/]
])('%s is a fault, told without the value', (_, text, sentence) => {
	const fault = readBucketAddress(text);
	expect(fault).toMatch(sentence);
	expect(fault).not.toContain('canary');
});

test('the fault stands in the list of the start, under its name', () => {
	const start = () => readConfig({ BLOB_URL: 'https://key:canary@host', HTTP_PORT: 'x' }, { token: 'optional' });
	expect(start).toThrow(StartFailure);
	expect(start).toThrow(/2 faults:[\s\S]*\n {2}BLOB_URL must name a bucket/);
	expect(start).not.toThrow(/canary/);
});

test('a configuration that is printed shows no secret', () => {
	const { bucket } = readConfig({ BLOB_URL: 'https://key:canary@host/bucket' }, { token: 'optional' });
	expect(`${inspect(bucket, { depth: 5 })} ${JSON.stringify(bucket)}`).not.toContain('canary');
});
