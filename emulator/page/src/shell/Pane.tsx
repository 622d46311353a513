import { useEffect, useMemo, useState } from 'preact/hooks';
import { ChannelBar } from '../bars/ChannelBar.js';
import { MemberBar } from '../bars/MemberBar.js';
import { ServerRail } from '../bars/ServerRail.js';
import { Chat } from '../chat/Chat.js';
import { Client } from '../client/client.js';
import { ClientContext, useChanges } from '../client/context.js';
import { Modal } from '../components/Modal.js';
import type { Person, Town } from '../connection/control.js';
import { ActAs } from './actAs.js';
import { PersonSwitch } from './PersonSwitch.js';

interface Props {
	town: Town;
	person: Person;
	onPerson: (userId: string) => void;
}

type Drawer = 'channels' | 'members' | null;

/** Discord as one person sees it. */
export function Pane({ town, person, onPerson }: Props) {
	const client = useMemo(() => new Client(town, person), [town, person]);
	useEffect(() => client.open(), [client]);
	useChanges(client);
	const [drawer, setDrawer] = useState<Drawer>(null);
	const [members, setMembers] = useState(true);
	const { modal } = client.interactions;
	const who = <PersonSwitch town={town} person={person} onPerson={onPerson} />;
	const close = () => setDrawer(null);
	const toggleMembers = () => {
		setMembers(!members);
		setDrawer(drawer === 'members' ? null : 'members');
	};
	return (
		<ClientContext.Provider value={client}>
			<ActAs.Provider value={onPerson}>
				<section
					class={`pane${members ? ' with-members' : ''}${drawer === null ? '' : ` drawer-${drawer}`}`}
					aria-label={person.display_name}
					onKeyDown={(event) => {
						if (event.key === 'Escape') close();
					}}
				>
					<div class="pane-inner">
						<div class="left">
							<ServerRail onOpen={() => undefined} />
							<div class="left-main">
								<ChannelBar onOpen={close} />
								{who}
							</div>
						</div>
						<Chat who={who} onChannels={() => setDrawer(drawer === 'channels' ? null : 'channels')} onMembers={toggleMembers} />
						<MemberBar />
						<button type="button" class="drawer-cover" aria-label="Close the bar" onClick={close} />
						{modal !== null && <Modal key={modal.id} modal={modal} />}
					</div>
				</section>
			</ActAs.Provider>
		</ClientContext.Provider>
	);
}
