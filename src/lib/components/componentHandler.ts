import { InteractionHandler } from '@sapphire/framework';
import type { AnySelectMenuInteraction, ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { requestOfInteraction } from '#lib/commands/guards/guardRequest.js';
import { firstRefusal, type GuardName, guardOrder, guards } from '#lib/commands/guards/guards.js';
import { type Leaf, leafOf } from '#lib/commands/leaf.js';
import { Refusal, refusal } from '#lib/errors/refusal.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { CustomIdReader, Decoded } from './customId.js';
import { deferringWhenSlow } from './deferringWhenSlow.js';

export type ComponentInteraction = ButtonInteraction | AnySelectMenuInteraction | ModalSubmitInteraction;

const componentGuards: readonly GuardName[] = guardOrder.filter((name) => guards[name].components);
/** A press that does what a command does passes all of its guards but the cooldown. */
const commandGuards: readonly GuardName[] = guardOrder.filter((name) => name !== 'cooldown');

/**
 * A handler of buttons, selects or modals. It looks at the id only, then passes the guards that are marked for components, then
 * answers. What it throws is rendered where every other error is.
 *
 * What takes long is deferred by itself: `answer` calls `reply`, `update` or `editReply` as if it was never late.
 *
 * The id is what the client says: `answer` looks the thing up and asks whether this person may, in this place.
 */
export abstract class ComponentHandler<V, I extends ComponentInteraction = ButtonInteraction> extends InteractionHandler {
	/** What this handler answers. */
	protected abstract readonly id: CustomIdReader<V>;

	protected abstract answer(interaction: I, values: V): Promise<unknown>;

	/** The module whose switch and restrictions count for this press; by default the id's first word. */
	protected moduleOf(_values: V): string {
		return this.id.name.split('.', 1)[0] ?? this.id.name;
	}

	/** The id of the command that this press carries out: all its guards are asked then. By default none. */
	protected commandOf(_values: V, _userId: string): string | null {
		return null;
	}

	/** Runs for every component of its type in the bot: looks at the id, asks nobody. */
	public override parse(interaction: I) {
		const decoded = this.id.decode(interaction.customId);
		return !decoded.ok && decoded.code === 'foreign' ? this.none() : this.some(decoded);
	}

	public override async run(interaction: I, decoded: Decoded<V>): Promise<void> {
		await deferringWhenSlow(interaction, () => this.#answerOrRefuse(interaction, decoded));
	}

	async #answerOrRefuse(interaction: I, decoded: Decoded<V>): Promise<void> {
		if (!decoded.ok) throw refusal('components', decoded.code);
		const { kit } = this.container;
		const command = this.commandOf(decoded.values, interaction.user.id);
		const leaf = command === null ? this.#asLeaf(decoded.values) : kit.index.byId(command);
		// The command may be gone since the message was sent.
		if (leaf === null) throw refusal('components', 'expired');
		const request = requestOfInteraction(interaction, leaf, 'slash');
		const refused = await firstRefusal(command === null ? componentGuards : commandGuards, request, kit);
		if (refused !== null) throw new Refusal({ values: {}, silent: false, ...refused });
		await this.answer(interaction, decoded.values);
	}

	/** The language of the person who pressed. */
	protected async localeFor({ locale, user, guildId, guildLocale }: I): Promise<string> {
		return this.container.kit.locale({ interaction: locale, userId: user.id, guildId, guildLocale });
	}

	protected async translatorFor(interaction: I): Promise<Translate> {
		return this.container.kit.languages.translator(await this.localeFor(interaction));
	}

	/** The guards know commands only: a component stands there as one of its module. */
	#asLeaf(values: V): Leaf {
		const id = `${this.moduleOf(values)}.${this.id.name}`;
		return leafOf({ id, name: this.id.name, where: 'both', slash: { none: 'a component' }, options: {}, run: async () => undefined });
	}
}
