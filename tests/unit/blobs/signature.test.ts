import { AwsV4Signer } from 'aws4fetch';
import { expect, test } from 'vitest';
import { signatureOf } from '../../support/objectStore.js';

/** The example "GET Object" of Amazon's description of the signature. */
const example = {
	accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
	secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
	datetime: '20130524T000000Z',
	headers: { range: 'bytes=0-9', 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
	signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
};

test('the store of the tests finds the signature that Amazon prints', () => {
	const { accessKeyId, secretAccessKey, datetime, headers, signature } = example;
	const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`;
	const request = {
		method: 'GET',
		target: '/test.txt',
		headers: { ...headers, authorization, host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': datetime }
	};
	expect(signatureOf(request, secretAccessKey)).toEqual({
		given: signature,
		right: signature,
		scope: '20130524/us-east-1/s3/aws4_request'
	});
	expect(signatureOf(request, 'another')?.right).not.toBe(signature);
	expect(signatureOf({ ...request, target: '/test2.txt' }, secretAccessKey)?.right).not.toBe(signature);
});

test('what the bot signs is found to be right', async () => {
	const { accessKeyId, secretAccessKey, datetime, headers } = example;
	const signed = await new AwsV4Signer({
		method: 'PUT',
		url: 'https://host:9000/bucket/folder/name-1',
		headers: { 'x-amz-content-sha256': headers['x-amz-content-sha256'] },
		accessKeyId,
		secretAccessKey,
		service: 's3',
		region: 'here',
		datetime
	}).sign();
	const request = { method: 'PUT', target: '/bucket/folder/name-1', headers: { ...Object.fromEntries(signed.headers), host: 'host:9000' } };
	const signature = signatureOf(request, secretAccessKey);
	expect(signature?.given).toBe(signature?.right);
});
