import { expect, test } from 'vitest';
import { decodeText } from '#lib/http/text.js';

test.each([
	['UTF-8 when nothing is said', Buffer.from('grün'), undefined, 'grün'],
	['what the header says', Buffer.from('gr\xfcn', 'latin1'), 'text/html; charset=ISO-8859-1', 'grün'],
	['what the header says in quotes', Buffer.from([0x83, 0x65]), 'text/plain; charset="shift_jis"', 'テ'],
	['UTF-8 when nobody knows the name', Buffer.from('grün'), 'text/html; charset=klingon', 'grün'],
	['no byte order mark', Buffer.from('\uFEFFa'), 'text/plain', 'a']
])('reads text as %s', (_, bytes, type, text) => expect(decodeText(bytes, type)).toBe(text));
