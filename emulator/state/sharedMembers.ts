import type { Member, Snowflake, User } from './types.js';

/** People who are in many servers at once, for worlds of millions of memberships. */
export class Crowd {
	readonly #places = new Map<Snowflake, number>();

	constructor(readonly users: readonly User[]) {
		for (const [place, user] of users.entries()) this.#places.set(user.id, place);
	}

	placeOf(userId: Snowflake): number | undefined {
		return this.#places.get(userId);
	}
}

/**
 * The members of a server of which `count` come from a crowd: such a member takes memory only when somebody asks for him by his id.
 * Reading through all of them makes them anew each time.
 */
export class CrowdedMembers extends Map<Snowflake, Member> {
	readonly #gone = new Set<Snowflake>();
	/** How many of those kept in the map itself are of the crowd. */
	#known = 0;

	constructor(
		private readonly crowd: Crowd,
		private readonly first: number,
		private readonly count: number,
		private readonly joinedAt: string
	) {
		super();
	}

	override get size(): number {
		return super.size - this.#known + this.#crowdSize;
	}

	get #crowdSize(): number {
		return this.count - this.#gone.size;
	}

	override has(userId: Snowflake): boolean {
		return super.has(userId) || this.#isOfCrowd(userId);
	}

	override get(userId: Snowflake): Member | undefined {
		const known = super.get(userId);
		if (known !== undefined || !this.#isOfCrowd(userId)) return known;
		const user = this.crowd.users[this.crowd.placeOf(userId) ?? -1];
		if (user === undefined) return undefined;
		const member = this.#make(user);
		this.#known++;
		super.set(userId, member);
		return member;
	}

	override set(userId: Snowflake, member: Member): this {
		if (!super.has(userId) && this.#isOfCrowd(userId)) this.#known++;
		return super.set(userId, member);
	}

	override delete(userId: Snowflake): boolean {
		const ofCrowd = this.#isOfCrowd(userId);
		if (ofCrowd) {
			if (super.has(userId)) this.#known--;
			this.#gone.add(userId);
		}
		return super.delete(userId) || ofCrowd;
	}

	override *entries(): MapIterator<[Snowflake, Member]> {
		yield* super.entries();
		for (let step = 0; step < this.count; step++) {
			const user = this.crowd.users[(this.first + step) % this.crowd.users.length];
			if (user === undefined || this.#gone.has(user.id) || super.has(user.id)) continue;
			yield [user.id, this.#make(user)];
		}
	}

	override *keys(): MapIterator<Snowflake> {
		for (const [id] of this.entries()) yield id;
	}

	override *values(): MapIterator<Member> {
		for (const [, member] of this.entries()) yield member;
	}

	override [Symbol.iterator](): MapIterator<[Snowflake, Member]> {
		return this.entries();
	}

	override forEach(visit: (member: Member, userId: Snowflake, map: Map<Snowflake, Member>) => void): void {
		for (const [id, member] of this.entries()) visit(member, id, this);
	}

	#isOfCrowd(userId: Snowflake): boolean {
		const place = this.crowd.placeOf(userId);
		if (place === undefined || this.#gone.has(userId)) return false;
		const { length } = this.crowd.users;
		return (place - this.first + length) % length < this.count;
	}

	#make(user: User): Member {
		return {
			user,
			nick: null,
			avatar: null,
			banner: null,
			bio: '',
			roles: [],
			joined_at: this.joinedAt,
			premium_since: null,
			deaf: false,
			mute: false,
			flags: 0,
			pending: false,
			communication_disabled_until: null
		};
	}
}
