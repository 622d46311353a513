import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import { moveFocus } from '../common/focus.js';
import type { Point } from '../common/Menu.js';
import { pointOf } from '../message/MessageRow.js';
import { colourOf, hexColour, rolesOf, sortedRoles } from '../state/access.js';
import type { Guild, Member, User } from '../state/model.js';
import { MemberMenu } from './MemberMenu.js';

/** Members by their hoisted role, or the server's roles. */
export function MemberBar() {
	const client = useClient();
	const { guild, channel } = client;
	const [tab, setTab] = useState<'members' | 'roles'>('members');
	if (guild === null) {
		return (
			<aside class="members" aria-label="Members">
				{(channel?.recipients ?? []).map((user) => (
					<MemberLine key={user.id} user={user} guild={null} />
				))}
			</aside>
		);
	}
	return (
		<aside class="members" aria-label="Members and roles" onKeyDown={(event) => moveFocus(event, event.currentTarget)}>
			<div class="tabs" role="tablist">
				<button type="button" role="tab" aria-selected={tab === 'members'} onClick={() => setTab('members')}>
					Members
				</button>
				<button type="button" role="tab" aria-selected={tab === 'roles'} onClick={() => setTab('roles')}>
					Roles
				</button>
			</div>
			<div class="member-list">{tab === 'members' ? <Groups guild={guild} /> : <Roles guild={guild} />}</div>
		</aside>
	);
}

function Groups({ guild }: { guild: Guild }) {
	const groups = new Map<string, Member[]>();
	const titles = [...sortedRoles(guild).filter(({ hoist }) => hoist), null];
	for (const role of titles) groups.set(role?.name ?? 'Members', []);
	const client = useClient();
	const members = [...guild.members.values()].sort((a, b) => client.nameOf(a.user).localeCompare(client.nameOf(b.user)));
	for (const member of members) {
		const top = rolesOf(guild, member).find(({ hoist }) => hoist);
		groups.get(top?.name ?? 'Members')?.push(member);
	}
	return (
		<>
			{[...groups].map(
				([title, people]) =>
					people.length > 0 && (
						<section key={title} aria-label={title}>
							<h3>
								{title} — {people.length}
							</h3>
							{people.map(({ user }) => (
								<MemberLine key={user.id} user={user} guild={guild} />
							))}
						</section>
					)
			)}
		</>
	);
}

function MemberLine({ user, guild }: { user: User; guild: Guild | null }) {
	const client = useClient();
	const [at, setAt] = useState<Point | null>(null);
	const member = guild?.members.get(user.id);
	return (
		<>
			<button
				type="button"
				class="member"
				onClick={(event) => setAt(pointOf(event))}
				onContextMenu={(event) => {
					event.preventDefault();
					setAt(pointOf(event));
				}}
			>
				<Avatar user={user} size={32} />
				<span class="name" style={{ color: colourOf(guild, member) }}>
					{client.nameOf(user)}
				</span>
				{guild?.ownerId === user.id && <span title="Owner">👑</span>}
				{member?.premium_since !== null && member !== undefined && <span title="Boosts this server">💎</span>}
				{user.bot === true && <span class="tag">APP</span>}
			</button>
			{at !== null && <MemberMenu user={user} at={at} onClose={() => setAt(null)} />}
		</>
	);
}

function Roles({ guild }: { guild: Guild }) {
	return (
		<>
			{sortedRoles(guild).map((role) => {
				const held = [...guild.members.values()].filter(({ roles }) => roles.includes(role.id));
				return (
					<div key={role.id} class="role-line">
						<span class="dot" style={{ background: role.color === 0 ? undefined : hexColour(role.color) }} />
						<span class="name">{role.name}</span>
						<small title={held.map(({ user }) => user.username).join(', ')}>{held.length}</small>
					</div>
				);
			})}
		</>
	);
}
