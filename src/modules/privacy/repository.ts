import type { PrismaClient } from '#generated/prisma/client.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { Consent, ConsentState } from './domain.js';

export interface OptOutRepository {
	/** Everyone who opted out of anything. */
	readAll(): Promise<ReadonlyMap<string, number>>;
	/** Null when the person opted out of nothing. */
	read(userId: string): Promise<number | null>;
	/** Sets or clears one bit. False when it was so already. */
	set(tx: Transaction, userId: string, bit: number, on: boolean): Promise<boolean>;
}

export function optOutRepository(prisma: PrismaClient): OptOutRepository {
	return {
		async readAll() {
			const rows = await prisma.userSettings.findMany({ where: { optOut: { not: 0 } }, select: { userId: true, optOut: true } });
			return new Map(rows.map(({ userId, optOut }) => [userId.toString(), optOut]));
		},
		async read(userId) {
			const row = await prisma.userSettings.findUnique({ where: { userId: BigInt(userId) }, select: { optOut: true } });
			return row === null || row.optOut === 0 ? null : row.optOut;
		},
		async set(tx, userId, bit, on) {
			const id = BigInt(userId);
			const count = on
				? await tx.$executeRaw`/* privacy: opt out */
					INSERT INTO user_settings (user_id, opt_out) VALUES (${id}, ${bit})
					ON CONFLICT (user_id) DO UPDATE SET opt_out = user_settings.opt_out | ${bit} WHERE user_settings.opt_out & ${bit} = 0`
				: await tx.$executeRaw`/* privacy: opt in */
					UPDATE user_settings SET opt_out = opt_out & ~${bit}::int WHERE user_id = ${id} AND opt_out & ${bit} <> 0`;
			return count === 1;
		}
	};
}

export interface ConsentRepository {
	/** Everyone who disagreed. */
	readDeclined(): Promise<ReadonlyMap<string, true>>;
	/** Null when that person did not. */
	hasDeclined(userId: string): Promise<true | null>;
	read(userId: string): Promise<ConsentState>;
	/** Notes that the person is being told. True for the one who is to do it: of two at once, and only once a version. */
	claim(userId: string, version: number, at: number): Promise<boolean>;
	/** The person could not be told after all. */
	unclaim(userId: string, version: number, at: number): Promise<void>;
	answer(tx: Transaction, userId: string, consent: Exclude<Consent, 'unknown'>, version: number, at: number): Promise<void>;
}

export function consentRepository(prisma: PrismaClient): ConsentRepository {
	return {
		async readDeclined() {
			const rows = await prisma.userSettings.findMany({ where: { consent: 'declined' }, select: { userId: true } });
			return new Map(rows.map(({ userId }) => [userId.toString(), true]));
		},
		async hasDeclined(userId) {
			const count = await prisma.userSettings.count({ where: { userId: BigInt(userId), consent: 'declined' } });
			return count === 0 ? null : true;
		},
		async read(userId) {
			const row = await prisma.userSettings.findUnique({
				where: { userId: BigInt(userId) },
				select: { consent: true, consentAt: true }
			});
			const consent = row?.consent ?? 'unknown';
			return { consent, at: consent === 'unknown' ? null : (row?.consentAt?.getTime() ?? null) };
		},
		async claim(userId, version, at) {
			const count = await prisma.$executeRaw`/* privacy: tell */
				INSERT INTO user_settings (user_id, consent_version, consent_at) VALUES (${BigInt(userId)}, ${version}, ${new Date(at)})
				ON CONFLICT (user_id) DO UPDATE
					SET consent = 'unknown', consent_version = EXCLUDED.consent_version, consent_at = EXCLUDED.consent_at
					WHERE user_settings.consent <> 'declined'
						AND (user_settings.consent_version IS NULL OR user_settings.consent_version < EXCLUDED.consent_version)`;
			return count === 1;
		},
		async unclaim(userId, version, at) {
			const claimed = { userId: BigInt(userId), consent: 'unknown', consentVersion: version, consentAt: new Date(at) } as const;
			await prisma.userSettings.deleteMany({ where: { ...claimed, locale: null, timezone: null, optOut: 0 } });
			await prisma.userSettings.updateMany({ where: claimed, data: { consentVersion: null, consentAt: null } });
		},
		async answer(tx, userId, consent, version, at) {
			const said = { consent, consentVersion: version, consentAt: new Date(at) };
			const id = BigInt(userId);
			await tx.userSettings.upsert({ where: { userId: id }, create: { userId: id, ...said }, update: said });
		}
	};
}
