import { useContext, useEffect, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import { Menu, MenuItem, type Point } from '../common/Menu.js';
import { ActAs } from '../shell/actAs.js';
import { Bits, hexColour, permissionsOf, rolesOf, sortedRoles } from '../state/access.js';
import { type Command, loadCommands, runContext } from '../state/commands.js';
import type { User } from '../state/model.js';

/** A person: his roles, acting as him, writing to him, and the bot's commands on him. */
export function MemberMenu({ user, at, onClose }: { user: User; at: Point; onClose: () => void }) {
	const client = useClient();
	const actAs = useContext(ActAs);
	const { guild, channelId } = client;
	const member = guild?.members.get(user.id);
	const [commands, setCommands] = useState<Command[]>([]);
	const [givesRoles, setGivesRoles] = useState(false);
	useEffect(() => {
		if (channelId === null) return;
		void loadCommands(client, channelId).then((all) => setCommands(all.filter(({ type }) => type === 2)));
	}, [client, channelId]);
	const act = (work: () => unknown) => () => {
		onClose();
		work();
	};
	const managesRoles = guild !== null && member !== undefined && (permissionsOf(guild, client.id) & Bits.ManageRoles) !== 0n;
	const isPerson = client.town.people.some(({ id }) => id === user.id);
	return (
		<Menu at={at} label={client.nameOf(user)} onClose={onClose}>
			<div class="profile">
				<Avatar user={user} size={48} />
				<div>
					<b>{client.nameOf(user)}</b>
					<small>{user.username}</small>
				</div>
			</div>
			<div class="profile-roles">
				{rolesOf(guild, member).map((role) => (
					<span key={role.id} class="role-chip">
						<span class="dot" style={{ background: role.color === 0 ? undefined : hexColour(role.color) }} />
						{role.name}
					</span>
				))}
			</div>
			{isPerson && user.id !== client.id && <MenuItem onSelect={act(() => actAs(user.id))}>Act as {client.nameOf(user)}</MenuItem>}
			{user.id !== client.id && <MenuItem onSelect={act(() => void client.try(() => client.openDm(user.id)))}>Message</MenuItem>}
			{managesRoles && <MenuItem onSelect={() => setGivesRoles(!givesRoles)}>Give or take roles</MenuItem>}
			{givesRoles && guild !== null && <RoleSwitches userId={user.id} />}
			{commands.length > 0 && <div class="menu-title">Apps</div>}
			{commands.map((command) => (
				<MenuItem key={command.id} onSelect={act(() => void runContext(client, command, user.id))}>
					{command.name}
				</MenuItem>
			))}
			<div class="menu-title">{`ID ${user.id}`}</div>
		</Menu>
	);
}

function RoleSwitches({ userId }: { userId: string }) {
	const client = useClient();
	const { guild } = client;
	if (guild === null) return null;
	const held = guild.members.get(userId)?.roles ?? [];
	return (
		<>
			{sortedRoles(guild)
				.filter(({ managed }) => !managed)
				.map(({ id, name }) => {
					const has = held.includes(id);
					const path = `/guilds/${guild.id}/members/${userId}/roles/${id}`;
					return (
						<MenuItem key={id} onSelect={() => void client.try(() => client.rest[has ? 'delete' : 'put'](path))}>
							{has ? '☑' : '☐'} {name}
						</MenuItem>
					);
				})}
		</>
	);
}
