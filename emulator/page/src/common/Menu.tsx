import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { moveFocus } from './focus.js';

export interface Point {
	x: number;
	y: number;
}

interface Props {
	at: Point;
	label: string;
	onClose: () => void;
	children: ComponentChildren;
}

/** A menu beside the pointer or below a button: arrow keys, Escape, a click elsewhere. */
export function Menu({ at, label, onClose, children }: Props) {
	const box = useRef<HTMLDivElement>(null);
	const [place, setPlace] = useState(at);
	useLayoutEffect(() => {
		const menu = box.current;
		if (menu === null) return;
		const settle = () => {
			setPlace({
				x: Math.max(8, Math.min(at.x, innerWidth - menu.offsetWidth - 8)),
				y: Math.max(8, Math.min(at.y, innerHeight - menu.offsetHeight - 8))
			});
		};
		settle();
		// It grows when the bot's commands have come.
		const sizes = new ResizeObserver(settle);
		sizes.observe(menu);
		return () => sizes.disconnect();
	}, [at.x, at.y]);
	useEffect(() => {
		const before = document.activeElement;
		box.current?.querySelector<HTMLElement>('button, input')?.focus();
		return () => {
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape' || event.key === 'Tab') {
			event.preventDefault();
			event.stopPropagation();
			onClose();
		} else if (box.current !== null) moveFocus(event, box.current);
	};
	return (
		<>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: Escape does the same for the keyboard */}
			<div
				class="backdrop"
				role="presentation"
				onMouseDown={onClose}
				onContextMenu={(event) => {
					event.preventDefault();
					onClose();
				}}
			/>
			<div
				class="menu"
				role="menu"
				aria-label={label}
				ref={box}
				style={{ left: `${place.x}px`, top: `${place.y}px` }}
				onKeyDown={onKeyDown}
				tabIndex={-1}
			>
				{children}
			</div>
		</>
	);
}

/** A line of a menu. */
export function MenuItem({ onSelect, danger = false, children }: { onSelect: () => void; danger?: boolean; children: ComponentChildren }) {
	return (
		<button type="button" role="menuitem" class={danger ? 'danger' : ''} onClick={onSelect}>
			{children}
		</button>
	);
}

/** Below an element, as a menu of a button opens. */
export function below(target: EventTarget | null): Point {
	const box = target instanceof Element ? target.getBoundingClientRect() : new DOMRect();
	return { x: box.left, y: box.bottom + 4 };
}
