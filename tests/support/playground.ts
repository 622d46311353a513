import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { openWorld, type WorldDriver } from '../../emulator/driver/index.js';
import { describeWithBrowser, openBrowser, openPage, picture } from './chromium.js';
import { type House, openHouse } from './house.js';
import { Visitor } from './visitor.js';

/** The playground of a town; each story has a browser profile of its own. */
export class Stage {
	#house: House | null = null;
	#discord: WorldDriver | null = null;
	#browser: Browser | null = null;
	#page: Page | null = null;
	/** What went wrong on the pages of this story. */
	readonly #faults: (() => string[])[] = [];

	public get house(): House {
		if (this.#house === null) throw new Error('The house is not open');
		return this.#house;
	}

	public get discord(): WorldDriver {
		if (this.#discord === null) throw new Error('There is no Discord yet');
		return this.#discord;
	}

	public get page(): Page {
		if (this.#page === null) throw new Error('No page is open');
		return this.#page;
	}

	/** Whom the page shows at first. */
	public get adam(): Visitor {
		return new Visitor(this.page, 'Adam');
	}

	/** Opens the town and a browser; with the built bot in it, unless the stories bring one of their own. */
	public async open(withBot: boolean): Promise<void> {
		if (withBot) this.#house = await openHouse({ world: { town: true } });
		this.#discord = this.#house?.discord ?? (await openWorld({ town: true }));
		this.#browser = await openBrowser();
	}

	/** Loads the playground. */
	public async visit(options: BrowserContextOptions = {}): Promise<Page> {
		if (this.#browser === null) throw new Error('The browser is not open');
		const { page, faults } = await openPage(this.#browser, new URL(this.discord.description.api).origin, options);
		this.#faults.push(() => faults);
		this.#page = page;
		await this.adam.composer.waitFor();
		return page;
	}

	/** Opens the second pane, and goes to a channel in both. */
	public async besideBella(channel: string, first = this.adam): Promise<Visitor> {
		await this.page.setViewportSize({ width: 1500, height: 800 });
		await this.page.getByRole('button', { name: 'Two members' }).click();
		const bella = new Visitor(this.page, 'Bella');
		await first.openChannel(channel);
		await bella.openChannel(channel);
		return bella;
	}

	/** Acts as somebody else in the one pane: cooldowns are counted by person. */
	public async actAs(name: string): Promise<Visitor> {
		await this.page.getByRole('combobox', { name: 'Act as' }).selectOption({ label: name });
		const visitor = new Visitor(this.page, name);
		await visitor.composer.waitFor();
		return visitor;
	}

	public async leave(): Promise<void> {
		await this.#page?.context().close();
		this.#page = null;
		expect(this.#faults.splice(0).flatMap((faults) => faults())).toEqual([]);
	}

	public async close(): Promise<void> {
		await this.#browser?.close();
		try {
			await this.#discord?.expectNoFaults();
		} finally {
			await this.#house?.[Symbol.asyncDispose]();
			if (this.#house === null) await this.#discord?.close();
		}
	}
}

/** Stories on the playground, each from a fresh page. */
export function describePlayground(name: string, stories: (stage: Stage) => void, withBot = true): void {
	describeWithBrowser(name, () => {
		const stage = new Stage();
		beforeAll(() => stage.open(withBot));
		afterAll(() => stage.close());
		beforeEach(async ({ task }) => {
			await stage.visit();
			return async () => {
				if (task.result?.state === 'fail') await picture(stage.page, `failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
				await stage.leave();
			};
		});
		stories(stage);
	});
}
