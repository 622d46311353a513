import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../common/Icon.js';
import { keep, kept } from './storage.js';

/** Dark or light: as the system says, until somebody chooses. */
export function ThemeSwitch() {
	const [, draw] = useState(0);
	useEffect(() => {
		const system = matchMedia('(prefers-color-scheme: dark)');
		const follow = () => draw((count) => count + 1);
		system.addEventListener('change', follow);
		return () => system.removeEventListener('change', follow);
	}, []);
	const toggle = () => {
		const theme = isDark() ? 'light' : 'dark';
		document.documentElement.dataset['theme'] = theme;
		keep('theme', theme);
		draw((count) => count + 1);
	};
	return (
		<button type="button" class="tool" aria-label={isDark() ? 'Light colours' : 'Dark colours'} title="Dark or light" onClick={toggle}>
			<Icon name="theme" />
		</button>
	);
}

function isDark(): boolean {
	const chosen = document.documentElement.dataset['theme'];
	return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** Before the first drawing: what was chosen the last time. */
export function applyTheme(): void {
	const theme = kept('theme');
	if (theme === 'dark' || theme === 'light') document.documentElement.dataset['theme'] = theme;
}
