import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../common/Icon.js';
import { formatTime } from '../common/time.js';
import { control, type LedgerEntry, type Town } from '../connection/control.js';
import { sentence } from './ledgerText.js';

/** As many lines as are shown. */
const SHOWN = 200;

type Who = 'bot' | 'all';

/** Every request in plain words, the newest first. */
export function Ledger({ town, onClose }: { town: Town; onClose: () => void }) {
	const [who, setWho] = useState<Who>('bot');
	const [entries, setEntries] = useState<LedgerEntry[]>([]);
	useEffect(() => {
		void control.get<LedgerEntry[]>('/ledger?by=all').then((all) => setEntries((newer) => merge(newer, all)));
		const stream = new EventSource('/_emulator/ledger/stream');
		stream.addEventListener('message', (event: MessageEvent<string>) => {
			const entry = JSON.parse(event.data) as LedgerEntry;
			setEntries((old) => merge(old, [entry]));
		});
		return () => stream.close();
	}, []);
	const shown = entries.filter(({ by }) => who === 'all' || by === 'bot').slice(0, SHOWN);
	return (
		<aside class="ledger" aria-label="Ledger">
			<header>
				<h2>Ledger</h2>
				<select aria-label="Whose requests" value={who} onChange={(event) => setWho(event.currentTarget.value === 'all' ? 'all' : 'bot')}>
					<option value="bot">What the bot asked</option>
					<option value="all">Everybody</option>
				</select>
				<button type="button" class="quiet" aria-label="Close the ledger" onClick={onClose}>
					<Icon name="close" />
				</button>
			</header>
			<ol>
				{shown.map((entry) => (
					<Line key={entry.id} entry={entry} town={town} />
				))}
			</ol>
			{shown.length === 0 && <p class="muted">Nobody has asked for anything yet.</p>}
		</aside>
	);
}

function merge(known: readonly LedgerEntry[], more: readonly LedgerEntry[]): LedgerEntry[] {
	const all = new Map([...known, ...more].map((entry) => [entry.id, entry]));
	return [...all.values()].sort((a, b) => b.id - a.id).slice(0, SHOWN * 5);
}

function Line({ entry, town }: { entry: LedgerEntry; town: Town }) {
	const who = entry.by === 'bot' ? 'Bot' : (town.people.find(({ id }) => id === entry.userId)?.display_name ?? 'Somebody');
	const good = entry.status >= 200 && entry.status < 300;
	return (
		<li>
			<details>
				<summary>
					<time>{formatTime(entry.at, 'T')}</time>
					<span class="ledger-what">
						<b>{who}</b> {sentence(entry)}
					</span>
					<span class={good ? 'status good' : 'status bad'}>{entry.status === 0 ? 'cut' : entry.status}</span>
				</summary>
				<code>
					{entry.method} {entry.path}
				</code>
				{entry.reason !== null && <p>Reason: {entry.reason}</p>}
				{entry.body !== undefined && <pre>{JSON.stringify(entry.body, null, 2)}</pre>}
				{entry.files.map((file) => (
					<p key={file.name}>
						{file.name} ({file.size} bytes)
					</p>
				))}
			</details>
		</li>
	);
}
