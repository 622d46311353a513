import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../common/Icon.js';
import { loadTown, type Person, type Town } from '../connection/control.js';
import { ClockControls } from './ClockControls.js';
import { FaultMenu } from './FaultMenu.js';
import { Ledger } from './Ledger.js';
import { Pane } from './Pane.js';
import { keep, kept } from './storage.js';
import { ThemeSwitch } from './ThemeSwitch.js';

/** The whole page: one or two people, and what moves the town. */
export function App() {
	const [town, setTown] = useState<Town | null>(null);
	const [failed, setFailed] = useState(false);
	useEffect(() => {
		loadTown().then(setTown, () => setFailed(true));
	}, []);
	if (failed) return <p class="page-note">The Discord on this machine does not answer. Start it, then load this page again.</p>;
	if (town === null) return <p class="page-note">One moment…</p>;
	return <Playground town={town} />;
}

function Playground({ town }: { town: Town }) {
	const [owner, member, other] = town.people;
	const [first, setFirst] = useState(kept('first') ?? member?.id ?? '');
	const [second, setSecond] = useState(kept('second') ?? other?.id ?? '');
	const [beside, setBeside] = useState(false);
	const [ledger, setLedger] = useState(false);
	const person = (id: string, fallback: Person | undefined) => town.people.find((one) => one.id === id) ?? fallback ?? owner;
	const [left, right] = [person(first, member), person(second, other)];
	if (left === undefined || right === undefined) return <p class="page-note">Nobody lives here.</p>;
	return (
		<div class="app">
			<header class="top">
				<span class="brand">
					<b>Evict</b> <span>playground</span>
				</span>
				<ClockControls />
				<span class="tools">
					<FaultMenu />
					<button
						type="button"
						class="tool"
						aria-label="Ledger"
						title="Every request"
						aria-pressed={ledger}
						onClick={() => setLedger(!ledger)}
					>
						<Icon name="list" /> <span>Ledger</span>
					</button>
					<button
						type="button"
						class="tool"
						aria-label="Two members"
						title="Two members side by side"
						aria-pressed={beside}
						onClick={() => setBeside(!beside)}
					>
						<Icon name="columns" /> <span>Two members</span>
					</button>
					<ThemeSwitch />
				</span>
			</header>
			<div class={beside ? 'panes two' : 'panes'}>
				<Pane
					key={`first-${left.id}`}
					town={town}
					person={left}
					onPerson={(id) => {
						keep('first', id);
						setFirst(id);
					}}
				/>
				{beside && (
					<Pane
						key={`second-${right.id}`}
						town={town}
						person={right}
						onPerson={(id) => {
							keep('second', id);
							setSecond(id);
						}}
					/>
				)}
				{ledger && <Ledger town={town} onClose={() => setLedger(false)} />}
			</div>
		</div>
	);
}
