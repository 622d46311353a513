import { describe, expect, test } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { PersonSet } from '#lib/settings/personSet.js';
import type { Authorisation, Ban } from '#modules/access/domain.js';
import type { AccessRepository, BanKind, NewAuthorisation, NewBan } from '#modules/access/repository.js';
import { AccessService } from '#modules/access/service.js';
import { FakeClock } from '../../support/fakeClock.js';

/** Storage in three maps; `away` makes every answer fail. */
class Memory implements AccessRepository {
	public away = false;
	public reads = 0;
	public readonly kept = { user: new Map<string, Ban>(), guild: new Map<string, Ban>() };
	public readonly servers = new Map<string, Authorisation>();

	public bans = async (kind: BanKind) => new Map(this.#there(this.kept[kind]));
	public ban = async (kind: BanKind, id: string) => this.#there(this.kept[kind]).get(id) ?? null;
	public authorisations = async () => new Map(this.#there(this.servers));
	public authorisation = async (guildId: string) => this.#there(this.servers).get(guildId) ?? null;
	public boughtBy = async () => [];

	public async add({ kind, id, now, until, reason }: NewBan) {
		const before = this.#there(this.kept[kind]).get(id);
		if (before !== undefined && (before.until === null || before.until > now)) return false;
		this.kept[kind].set(id, { reason, since: now, until });
		return true;
	}

	public lift = async (kind: BanKind, id: string) => this.#there(this.kept[kind]).delete(id);

	public async authorise({ guildId, buyerId, now }: NewAuthorisation) {
		if (this.#there(this.servers).has(guildId)) return false;
		this.servers.set(guildId, { buyerId, since: now });
		return true;
	}

	public async unauthorise(guildId: string) {
		const before = this.#there(this.servers).get(guildId) ?? null;
		this.servers.delete(guildId);
		return before;
	}

	#there<T>(map: T): T {
		this.reads += 1;
		if (this.away) throw new StorageAway('away');
		return map;
	}
}

function make({ gated = false, tries = 1 } = {}) {
	const repository = new Memory();
	const clock = new FakeClock();
	const users = new PersonSet<Ban>({ readAll: () => repository.bans('user'), read: (id) => repository.ban('user', id) });
	const guilds = new PersonSet<Ban>({ readAll: () => repository.bans('guild'), read: (id) => repository.ban('guild', id) });
	const authorised = new PersonSet<Authorisation>({
		readAll: () => repository.authorisations(),
		read: (guildId) => repository.authorisation(guildId)
	});
	let failures = 0;
	const untilDone = async (work: () => Promise<void>): Promise<boolean> => {
		for (let times = 0; times < tries; times += 1) {
			try {
				await work();
				return true;
			} catch {
				failures += 1;
				repository.away = false;
			}
		}
		return false;
	};
	const crew = { owners: new Set(['owner']), staff: new Set(['staff']) };
	const service = new AccessService({
		desk: { logChannel: null, welcomes: false, buyerRole: null },
		repository,
		users,
		guilds,
		authorised,
		crew,
		gated,
		clock,
		untilDone
	});
	const load = () => Promise.all([users.load(), guilds.load(), authorised.load()]);
	return { service, repository, clock, users, guilds, authorised, load, failures: () => failures };
}

const ana = { actorId: 'staff', userId: 'ana', isBot: false };

describe('a person on the blacklist', () => {
	test('is refused once in ten seconds aloud, in between silently; others are not touched', async () => {
		const { service, load, clock } = make();
		await service.blacklistUser(ana, null, 'floods');
		await load();
		expect(await service.refuseUser('ana')).toEqual({ module: 'access', code: 'blacklisted', values: {}, silent: false });
		clock.advance(9_999);
		expect(await service.refuseUser('ana')).toMatchObject({ silent: true });
		clock.advance(1);
		expect(await service.refuseUser('ana')).toMatchObject({ silent: false });
		expect(await service.refuseUser('bob')).toBeNull();
	});

	test('who only wants to know does not use up what is said', async () => {
		const { service, load } = make();
		await service.blacklistUser(ana, null, null);
		await load();
		await service.userRefusal('ana');
		expect(await service.refuseUser('ana')).toMatchObject({ silent: false });
	});

	test('is free when the time is over, without anybody doing anything', async () => {
		const { service, load, clock } = make();
		const until = clock.now() + 60_000;
		expect(await service.blacklistUser(ana, 60_000, null)).toEqual({ ok: true, value: { until } });
		await load();
		expect(await service.userRefusal('ana')).toMatchObject({ code: 'blacklisted-until', values: { until } });
		expect(service.isBlacklisted('ana')).toBe(true);
		clock.advance(60_000);
		expect(await service.userRefusal('ana')).toBeNull();
		expect(service.isBlacklisted('ana')).toBe(false);
		expect(await service.blacklistUser(ana, null, null)).toMatchObject({ ok: true });
	});

	test('twice is "already", and nobody locks out those who run the bot', async () => {
		const { service } = make();
		await service.blacklistUser(ana, null, null);
		expect(await service.blacklistUser(ana, 1000, null)).toMatchObject({ code: 'already-blacklisted' });
		expect(await service.blacklistUser({ ...ana, userId: 'owner' }, null, null)).toMatchObject({ code: 'crew' });
		expect(await service.lift('user', 'ana')).toMatchObject({ ok: true });
		expect(await service.lift('user', 'ana')).toMatchObject({ code: 'not-blacklisted' });
	});

	test('costs no read once the set is known', async () => {
		const { service, repository, load } = make({ gated: true });
		await load();
		const before = repository.reads;
		service.isBlacklisted('ana');
		await service.refuseUser('ana');
		await service.guildRefusal('1');
		expect(repository.reads).toBe(before);
	});

	test('is asked for in storage while the set is not known; with storage away too, nobody is refused', async () => {
		const { service, repository } = make();
		await service.blacklistUser(ana, null, null);
		expect(await service.userRefusal('ana')).toMatchObject({ code: 'blacklisted' });
		expect(service.isBlacklisted('ana')).toBe(false);
		repository.away = true;
		expect(await service.userRefusal('ana')).toBeNull();
	});
});

describe('a server', () => {
	test('on the blacklist is refused, a direct message never is', async () => {
		const { service, load } = make();
		await service.blacklistGuild('1', 'owner', null);
		await load();
		expect(await service.guildRefusal('1')).toMatchObject({ code: 'server-blacklisted' });
		expect(await service.guildRefusal('2')).toBeNull();
		expect(await service.guildRefusal(null)).toBeNull();
		expect(await service.admit('1')).toBe('blacklisted');
		expect(await service.blacklistedAmong(['1', '2'])).toEqual(['1']);
	});

	test('has to be let in only where there is a gate', async () => {
		const open = make();
		await open.load();
		expect(await open.service.guildRefusal('1')).toBeNull();
		const gated = make({ gated: true });
		await gated.load();
		expect(await gated.service.guildRefusal('1')).toMatchObject({ code: 'unauthorised' });
		expect(await gated.service.admit('1')).toBe('unauthorised');
		await gated.service.authorise('1', 'ana', 'staff');
		await gated.authorised.evict('1');
		expect(await gated.service.guildRefusal('1')).toBeNull();
		expect(await gated.service.admit('1')).toBe('stay');
	});

	test('is let in once, taken away once, and not while it is on the blacklist', async () => {
		const { service } = make({ gated: true });
		expect(await service.authorise('1', 'ana', 'staff')).toMatchObject({ ok: true });
		expect(await service.authorise('1', 'bob', 'staff')).toMatchObject({ code: 'already-authorised' });
		expect(await service.unauthorise('1')).toMatchObject({ ok: true, value: { buyerId: 'ana' } });
		expect(await service.unauthorise('1')).toMatchObject({ code: 'not-authorised' });
		await service.blacklistGuild('1', 'owner', null);
		expect(await service.blacklistGuild('1', 'owner', null)).toMatchObject({ code: 'server-already' });
		expect(await service.authorise('1', 'ana', 'staff')).toMatchObject({ code: 'authorise-blacklisted' });
	});

	test('is judged when storage is back, and not silenced while it is away', async () => {
		const { service, repository, failures } = make({ gated: true, tries: 2 });
		repository.kept.guild.set('1', { reason: null, since: 0, until: null });
		repository.away = true;
		expect(await service.guildRefusal('1')).toBeNull();
		expect(await service.admit('1')).toBe('blacklisted');
		expect(failures()).toBe(1);
	});
});
