/** Drawn with lines on 24 × 24. */
const paths = {
	hash: 'M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16',
	voice: 'M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
	thread: 'M5 4v9a3 3 0 0 0 3 3h11M15 12l4 4-4 4',
	forum: 'M4 5h12v8H9l-5 4zM18 9h2v10l-4-3h-5',
	megaphone: 'M4 10v4h3l9 4V6l-9 4zM8 14.5 9.5 20H12l-1-4.5M19 10v4',
	at: 'M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.300 6.700',
	reply: 'M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7',
	smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5',
	pencil: 'm4 20 1-4L16.5 4.5a2 2 0 0 1 3 3L8 19z',
	trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
	more: 'M5 12h.01M12 12h.01M19 12h.01',
	plus: 'M12 5v14M5 12h14',
	close: 'm6 6 12 12M18 6 6 18',
	theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
	columns: 'M4 5h16v14H4zM12 5v14',
	list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
	clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
	bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
	people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20a6 6 0 0 1 12 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5A6 6 0 0 1 21 20',
	menu: 'M4 6h16M4 12h16M4 18h16',
	send: 'm4 4 17 8-17 8 3-8zM7 12h8',
	file: 'M6 3h8l5 5v13H6zM14 3v5h5',
	leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
	down: 'm6 9 6 6 6-6',
	apps: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z'
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
	return (
		<svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
			<path d={paths[name]} />
		</svg>
	);
}
