import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../common/Icon.js';
import { below, Menu, MenuItem, type Point } from '../common/Menu.js';
import { clearFaults, type Fault, faults } from './faults.js';

/** What a Discord can do wrong, from a menu. */
export function FaultMenu() {
	const [at, setAt] = useState<Point | null>(null);
	const [set, setSet] = useState<string | null>(null);
	const run = async ({ label, run: work }: Pick<Fault, 'label' | 'run'>) => {
		setAt(null);
		await work();
		setSet(label);
	};
	const groups = [...new Set(faults.map(({ group }) => group))];
	return (
		<>
			<button
				type="button"
				class="tool"
				aria-haspopup="menu"
				aria-label="Faults"
				title={set === null ? 'Let something go wrong' : `Set: ${set}`}
				aria-pressed={set !== null}
				onClick={(event) => setAt(below(event.currentTarget))}
			>
				<Icon name="bolt" /> <span>Faults</span>
			</button>
			{at !== null && (
				<Menu at={at} label="Faults" onClose={() => setAt(null)}>
					<MenuItem onSelect={() => void run({ label: '', run: clearFaults }).then(() => setSet(null))}>Everything works again</MenuItem>
					{groups.map((group) => (
						<Fragment key={group}>
							<div class="menu-title">{group}</div>
							{faults
								.filter((fault) => fault.group === group)
								.map((fault) => (
									<MenuItem key={fault.label} onSelect={() => void run(fault)}>
										{fault.label}
									</MenuItem>
								))}
						</Fragment>
					))}
				</Menu>
			)}
		</>
	);
}
