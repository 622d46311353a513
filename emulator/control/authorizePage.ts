import type { FastifyInstance } from 'fastify';
import type { Discord } from '../discord.js';
import { isObject } from '../rest/body.js';

const path = '/oauth2/authorize';
/** As many as a page can list. */
const LISTED = 500;

/**
 * Discord's page on which somebody agrees to what an application asks, for a dashboard that is tried in a browser. One chooses who one is instead of logging in; agreeing
 * itself is Discord's own `POST /oauth2/authorize` by that person's token.
 */
export function serveAuthorizePage(app: FastifyInstance, discord: Discord): void {
	app.get(path, (request, reply) => {
		const query = queryOf(request.url);
		return reply.type('text/html; charset=utf-8').send(page(discord, query, ''));
	});
	app.post(path, async (request, reply) => {
		const query = queryOf(request.url);
		const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
		if (form.get('answer') === 'cancel') return reply.redirect(refusedAt(query));
		const answer = await fetch(`${discord.urls.api}/v10${path}?${query}`, {
			method: 'POST',
			headers: { authorization: tokenOf(discord, form.get('user') ?? ''), 'content-type': 'application/json' },
			body: JSON.stringify({
				authorize: true,
				...(form.get('guild') ? { guild_id: form.get('guild'), permissions: query.get('permissions') ?? '0' } : {})
			})
		});
		const said: unknown = await answer.json();
		if (isObject(said) && typeof said['location'] === 'string') return reply.redirect(said['location']);
		const reason = isObject(said) ? String(said['error_description'] ?? said['message']) : '';
		return reply
			.status(answer.status)
			.type('text/html; charset=utf-8')
			.send(page(discord, query, reason));
	});
}

function queryOf(url: string): URLSearchParams {
	return new URLSearchParams(url.split('?')[1] ?? '');
}

function tokenOf(discord: Discord, userId: string): string {
	const account = discord.world.accountsByUser.get(userId);
	return account?.kind === 'user' ? account.token : '';
}

/** Where a person who does not agree is sent. https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1 */
function refusedAt(query: URLSearchParams): string {
	const redirect = query.get('redirect_uri') ?? '';
	if (!URL.canParse(redirect)) return '/';
	const back = new URL(redirect);
	back.searchParams.set('error', 'access_denied');
	const state = query.get('state');
	if (state !== null) back.searchParams.set('state', state);
	return back.href;
}

function page(discord: Discord, query: URLSearchParams, fault: string): string {
	const { world } = discord;
	const application = world.applications.get(query.get('client_id') ?? '');
	const scopes = (query.get('scope') ?? 'identify').split(/[ +]/).filter(Boolean);
	const people = [...world.accountsByUser.values()].filter(({ kind }) => kind === 'user').slice(0, LISTED);
	const options = people.map(({ user }) => `<option value="${user.id}">${escaped(user.global_name ?? user.username)}</option>`);
	const guilds = [...world.guilds.values()].slice(0, LISTED).map(({ id, name }) => `<option value="${id}">${escaped(name)}</option>`);
	const chooseGuild = scopes.includes('bot') ? `<label>Add it to <select name="guild">${guilds.join('')}</select></label>` : '';
	const name = escaped(application?.name ?? 'An application nobody knows');
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Authorize ${name}</title>
<style>:root{color-scheme:light dark}body{font:16px system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem;display:grid;gap:1rem}
form{display:grid;gap:1rem}label{display:grid;gap:.3rem}select,button{font:inherit;padding:.5rem}[role=alert]{color:light-dark(#c22f33,#ff7f82)}</style></head>
<body><h1>${name}</h1><p>wants to:</p><ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
${fault === '' ? '' : `<p role="alert">${escaped(fault)}</p>`}
<form method="post"><label>You are <select name="user">${options.join('')}</select></label>${chooseGuild}
<button name="answer" value="agree">Authorize</button><button name="answer" value="cancel">Cancel</button></form></body></html>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
