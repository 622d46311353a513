import { describe, expect, test } from 'vitest';
import { inMessages, largestMessage, offerOfFile, offerOfLink } from '../../../src/modules/moderation/domain/file.js';

const origins = ['https://cdn.discordapp.com', 'http://127.0.0.1:5000/cdn'];

describe('a link', () => {
	test.each([
		['https://cdn.discordapp.com/attachments/1/2/proof.png?ex=1&hm=2', 'file', 'proof.png'],
		['<https://cdn.discordapp.com/attachments/1/2/proof.png>', 'file', 'proof.png'],
		['https://cdn.discordapp.com/ephemeral-attachments/1/2/a.txt', 'file', 'a.txt'],
		['http://127.0.0.1:5000/cdn/attachments/1/2/a.txt', 'file', 'a.txt'],
		['https://cdn.discordapp.com/avatars/1/2.png', 'link', 'cdn.discordapp.com/avatars/1/2.png'],
		['http://127.0.0.1:5000/attachments/1/2/a.txt', 'link', '127.0.0.1:5000/attachments/1/2/a.txt'],
		['https://cdn.discordapp.com.evil.example/attachments/1/2/a', 'link', 'cdn.discordapp.com.evil.example/attachments/1/2/a'],
		['https://discord.com/channels/1/2/3', 'link', 'discord.com/channels/1/2/3'],
		['https://evil.example/attachments/1/2/a.txt', 'link', 'evil.example/attachments/1/2/a.txt']
	])('%s is a %s', (typed, kind, name) => {
		expect(offerOfLink(typed, origins)).toMatchObject({ kind, name });
	});

	test.each([
		'proof.png',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'ftp://x/y',
		'https://ana:secret@example.com/',
		`https://x.com/${'a'.repeat(600)}`
	])('%s is none', (typed) => {
		expect(offerOfLink(typed, origins)).toBeNull();
	});
});

test('the end of a long name says what the file is', () => {
	expect(offerOfFile({ url: 'https://x', name: `${'a'.repeat(200)}.png` }).name).toMatch(/^a{96}\.png$/);
});

test('files go into as few messages as they fit into, in their order', () => {
	const half = { size: largestMessage / 2 };
	const whole = { size: largestMessage };
	expect(inMessages([])).toEqual([]);
	expect(inMessages([half, half, half])).toEqual([[half, half], [half]]);
	expect(inMessages([half, whole, half])).toEqual([[half], [whole], [half]]);
});
