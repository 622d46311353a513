import { useState } from 'preact/hooks';
import { Icon } from '../common/Icon.js';
import { below, Menu, MenuItem, type Point } from '../common/Menu.js';
import { formatTime } from '../common/time.js';
import { clock, useNow } from '../connection/clock.js';

const steps = [
	{ label: '+1 min', title: 'A minute later', ms: 60_000 },
	{ label: '+1 h', title: 'An hour later', ms: 3_600_000 },
	{ label: '+1 day', title: 'A day later', ms: 86_400_000 }
];

/** The town's time, and the ways to move it on. */
export function ClockControls() {
	const now = useNow();
	const [at, setAt] = useState<Point | null>(null);
	return (
		<div class="clock">
			<button type="button" class="clock-face" aria-label="Move the clock" onClick={(event) => setAt(below(event.currentTarget))}>
				<Icon name="clock" size={16} />
				<time>
					<span class="clock-date">{formatTime(now, 'd')} </span>
					{formatTime(now, 'T')}
				</time>
			</button>
			<span class="clock-steps">
				{steps.map(({ label, title, ms }) => (
					<button key={label} type="button" title={title} aria-label={title} onClick={() => void clock.advance(ms)}>
						{label}
					</button>
				))}
			</span>
			{at !== null && (
				<Menu at={at} label="Move the clock" onClose={() => setAt(null)}>
					{steps.map(({ title, ms }) => (
						<MenuItem
							key={title}
							onSelect={() => {
								setAt(null);
								void clock.advance(ms);
							}}
						>
							{title}
						</MenuItem>
					))}
				</Menu>
			)}
		</div>
	);
}
