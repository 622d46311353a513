import type { Locator, Page } from 'playwright-core';

/** Somebody in front of the playground: one pane, found by the member he acts as. */
export class Visitor {
	public readonly pane: Locator;

	public constructor(
		public readonly page: Page,
		public readonly name: string
	) {
		this.pane = page.getByRole('region', { name, exact: true });
	}

	public get composer(): Locator {
		return this.pane.getByRole('textbox', { name: /^Message [#@]/ });
	}

	public get log(): Locator {
		return this.pane.getByRole('log');
	}

	/** A message that holds this text, the newest one. */
	public message(text: string | RegExp): Locator {
		return this.log.getByRole('listitem').filter({ hasText: text }).last();
	}

	public async say(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press('Enter');
	}

	public async openChannel(name: string): Promise<void> {
		const drawer = this.pane.getByRole('button', { name: 'Channels', exact: true });
		if (await drawer.isVisible()) await drawer.click();
		await this.pane.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name, exact: true }).click();
		await this.composer.or(this.log).first().waitFor();
	}

	/** Chooses a command by typing and Enter. */
	public async choose(words: string): Promise<Locator> {
		await this.composer.fill('');
		await this.composer.fill(`/${words}`);
		await this.pane.getByRole('option', { name: `/${words}`, selected: true }).waitFor();
		await this.composer.press('Enter');
		const form = this.pane.getByRole('form', { name: `/${words}` });
		await form.waitFor();
		return form;
	}
}
