import type { Message } from '../state/model.js';

const LOTTIE = 3;
const GIF = 4;

/** Stickers of a message. Lottie's are drawings that move: the page names those. */
export function Stickers({ message }: { message: Message }) {
	return (
		<>
			{(message.sticker_items ?? []).map(({ id, name, format_type: format }) =>
				Number(format) === LOTTIE ? (
					<span key={id} class="tag">
						{name}
					</span>
				) : (
					<img key={id} class="sticker" alt={name} title={name} src={`/cdn/stickers/${id}.${Number(format) === GIF ? 'gif' : 'png'}`} />
				)
			)}
		</>
	);
}
