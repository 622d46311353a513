import type { User } from '../state/model.js';
import { userName } from '../state/model.js';

/** A colour that stays with its person. */
function hue(id: string): number {
	return [...id].reduce((sum, digit) => Math.imul(sum ^ digit.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0;
}

/** The picture of somebody; without one of his own, his letter. */
export function Avatar({ user, size = 40 }: { user: User; size?: number }) {
	const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` };
	if (user.avatar !== null && user.avatar !== undefined) {
		return <img class="avatar" style={style} alt="" src={`/cdn/avatars/${user.id}/${user.avatar}.png`} />;
	}
	return (
		<span class={user.bot ? 'avatar bot' : 'avatar'} style={{ ...style, '--hue': String(hue(user.id)) }} aria-hidden="true">
			{userName(user).charAt(0).toUpperCase()}
		</span>
	);
}
