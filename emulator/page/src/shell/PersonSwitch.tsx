import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import type { Person, Town } from '../connection/control.js';
import type { User } from '../state/model.js';

/** Who one is, and whom one would rather be. */
export function PersonSwitch({ town, person, onPerson }: { town: Town; person: Person; onPerson: (userId: string) => void }) {
	const client = useClient();
	const user: User | undefined = client.guild?.members.get(person.id)?.user;
	return (
		<label class="person-switch">
			{user !== undefined && <Avatar user={user} size={32} />}
			<span>
				<small>You are</small>
				<select aria-label="Act as" value={person.id} onChange={(event) => onPerson(event.currentTarget.value)}>
					{town.people.map(({ id, display_name: name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</span>
		</label>
	);
}
