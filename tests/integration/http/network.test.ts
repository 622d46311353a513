import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { systemNetwork } from '#lib/http/network.js';
import { startServer } from '../../support/http.js';

test('a socket goes to the given address, whatever the name', async () => {
	await using server = await startServer((_request, response) => response.end());
	for (const addresses of [['127.0.0.1'], ['127.0.0.1', '::1'], ['::1', '127.0.0.1']]) {
		const socket = systemNetwork().open({ host: 'name.invalid', port: server.port, addresses });
		await once(socket, 'connect');
		expect(socket.remoteAddress).toBe('127.0.0.1');
		socket.destroy();
	}
});

test('without given addresses the system is asked', async () => {
	await using server = await startServer((_request, response) => response.end());
	const socket = systemNetwork().open({ host: 'localhost', port: server.port });
	await once(socket, 'connect');
	socket.destroy();
});

test('the addresses of this machine hold its loopback', () => {
	expect(systemNetwork().ownAddresses()).toContain('127.0.0.1');
});

const A = 1;
const AAAA = 28;

/** A name server (RFC 1035 4.1) that answers each question type with the given addresses, `refused`, or "no such name" (null). */
async function nameServer(answers: Readonly<Record<number, readonly Buffer[] | 'refused' | null>>) {
	const socket = createSocket('udp4');
	socket.on('message', (question, from) => {
		const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
		const answer = answers[type] ?? null;
		const records = Array.isArray(answer) ? answer : [];
		const header = Buffer.from(question.subarray(0, 12));
		header.writeUInt16BE(0x8180 | (answer === null ? 3 : answer === 'refused' ? 5 : 0), 2);
		header.writeUInt32BE((1 << 16) | records.length, 4);
		header.writeUInt32BE(0, 8);
		const body = records.flatMap((data: Buffer) => [Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
		socket.send(Buffer.concat([header, question.subarray(12, question.indexOf(0, 12) + 5), ...body]), from.port);
	});
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	return { address: `127.0.0.1:${socket.address().port}`, [Symbol.dispose]: () => void socket.close() };
}

const four = Buffer.from([93, 184, 216, 34]);
const six = Buffer.from('26064700470000000000000000001111', 'hex');

test('a name has the addresses of both families, IPv4 first', async () => {
	using server = await nameServer({ [A]: [four], [AAAA]: [six] });
	expect(await systemNetwork([server.address]).resolve('public.test')).toEqual(['93.184.216.34', '2606:4700:4700::1111']);
});

test('one family is enough', async () => {
	using onlyFour = await nameServer({ [A]: [four], [AAAA]: 'refused' });
	expect(await systemNetwork([onlyFour.address]).resolve('public.test')).toEqual(['93.184.216.34']);
	using onlySix = await nameServer({ [A]: null, [AAAA]: [six] });
	expect(await systemNetwork([onlySix.address]).resolve('public.test')).toEqual(['2606:4700:4700::1111']);
});

test('a name without any address is told by its reason', async () => {
	using server = await nameServer({ [A]: null, [AAAA]: null });
	await expect(systemNetwork([server.address]).resolve('none.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
