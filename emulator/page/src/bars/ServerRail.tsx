import { useClient } from '../client/context.js';
import { moveFocus } from '../common/focus.js';
import { Icon } from '../common/Icon.js';

/** All servers of this person, and his direct messages. */
export function ServerRail({ onOpen }: { onOpen: () => void }) {
	const client = useClient();
	const go = (id: string | null) => () => {
		if (client.guildId !== id || client.channelId === null) client.openGuild(id);
		onOpen();
	};
	return (
		<nav class="rail" aria-label="Servers" onKeyDown={(event) => moveFocus(event, event.currentTarget)}>
			<button type="button" title="Direct messages" aria-label="Direct messages" aria-current={client.guildId === null} onClick={go(null)}>
				<Icon name="at" size={22} />
			</button>
			<hr />
			{[...client.guilds.values()].map((guild) => (
				<button
					key={guild.id}
					type="button"
					title={guild.name}
					aria-label={guild.name}
					aria-current={client.guildId === guild.id}
					onClick={go(guild.id)}
				>
					{guild.icon === null ? initials(guild.name) : <img alt="" src={`/cdn/icons/${guild.id}/${guild.icon}.png`} />}
				</button>
			))}
		</nav>
	);
}

function initials(name: string): string {
	return name
		.split(/\s+/)
		.map((word) => word.charAt(0))
		.join('')
		.slice(0, 3);
}
