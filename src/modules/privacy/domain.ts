/** The bits of `user_settings.opt_out`. A bit that was given out is never given another meaning. */
export const optOutBits = { snipe: 1, names: 2, avatars: 4, seen: 8, lastfm: 16, levels: 32 } as const;

export type OptOutFeature = keyof typeof optOutBits;

export const optOutFeatures = ['snipe', 'names', 'avatars', 'seen', 'lastfm', 'levels'] as const satisfies readonly OptOutFeature[];

/** Whether the switches `bits` say that nothing may be stored for `feature`. */
export function isOptedOut(bits: number, feature: OptOutFeature): boolean {
	return (bits & optOutBits[feature]) !== 0;
}

/** Everything stored about a person: module → table. */
export type PersonalData = Readonly<Record<string, Readonly<Record<string, TableData>>>>;

export interface TableData {
	readonly about: string;
	/** Null: as long as the person or the server wants it. */
	readonly keptForDays: number | null;
	readonly rows: readonly unknown[];
}

/** What became of a person's data. */
export interface Forgotten<Reason extends string = string> {
	readonly erased: number;
	readonly kept: readonly { readonly table: string; readonly count: number; readonly reason: Reason }[];
	/** Tables where it failed: doing it again is safe. */
	readonly failed: readonly string[];
}

/** Raised when the notice says something else than before: everybody who has not disagreed is then told anew. */
export const policyVersion = 1;

/** What a person said to the notice about what is stored. `unknown`: nothing yet. */
export type Consent = 'unknown' | 'accepted' | 'declined';

export interface ConsentState {
	readonly consent: Consent;
	/** When it was said. Milliseconds; null when it was not. */
	readonly at: number | null;
}
