import {
	type APIAutoModerationRule,
	type APIGuild,
	type APIGuildOnboarding,
	type APIGuildOnboardingPrompt,
	AutoModerationActionType,
	type Client,
	Routes
} from 'discord.js';
import { isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { ServerUse } from '../domain/nuke.js';
import type { NukeDiscord } from '../ports.js';

const fields = {
	rules: 'rules_channel_id',
	updates: 'public_updates_channel_id',
	system: 'system_channel_id',
	safety: 'safety_alerts_channel_id',
	afk: 'afk_channel_id'
} as const satisfies Partial<Record<ServerUse, keyof APIGuild>>;

type Server = Pick<NukeDiscord, 'serverUses' | 'moveServerUses' | 'wideUses' | 'moveAutoMod' | 'moveOnboarding' | 'moveTalkers'>;

/** What the server itself keeps about a channel. */
export function nukeServer({ rest, guilds }: Pick<Client, 'rest' | 'guilds'>): Server {
	const serverUses = async (guildId: string, channelId: string): Promise<readonly ServerUse[]> => {
		const guild = (await rest.get(Routes.guild(guildId))) as APIGuild;
		const named = (Object.keys(fields) as (keyof typeof fields)[]).filter((use) => guild[fields[use]] === channelId);
		return guild.widget_channel_id === channelId ? [...named, 'widget'] : named;
	};
	const rulesOf = async (guildId: string, channelId: string) => {
		const rules = (await unlessRefused(rest.get(Routes.guildAutoModerationRules(guildId)))) as APIAutoModerationRule[] | null;
		return rules?.filter((rule) => rule.exempt_channels.includes(channelId) || alertsIn(rule).has(channelId)) ?? null;
	};
	const onboardingOf = async (guildId: string, channelId: string) => {
		const onboarding = (await unlessRefused(rest.get(Routes.guildOnboarding(guildId)))) as APIGuildOnboarding | null;
		return onboarding !== null && asksFor(onboarding, channelId) ? onboarding : null;
	};
	return {
		serverUses,
		async moveServerUses(guildId, from, to, reason) {
			const uses = await serverUses(guildId, from);
			const body = Object.fromEntries(uses.flatMap((use) => (use === 'widget' ? [] : [[fields[use], to]])));
			if (Object.keys(body).length > 0) await rest.patch(Routes.guild(guildId), { body, reason });
			if (uses.includes('widget')) await rest.patch(Routes.guildWidgetSettings(guildId), { body: { channel_id: to }, reason });
		},
		async wideUses(guildId, channelId) {
			const [rules, onboarding] = await Promise.all([rulesOf(guildId, channelId), onboardingOf(guildId, channelId)]);
			return { autoMod: rules?.length ?? null, onboarding: onboarding !== null };
		},
		async moveAutoMod(guildId, from, to, reason) {
			for (const rule of (await rulesOf(guildId, from)) ?? []) {
				const body = {
					...(rule.exempt_channels.includes(from) && { exempt_channels: swapped(rule.exempt_channels, from, to) }),
					...(alertsIn(rule).has(from) && {
						actions: rule.actions.map((action) =>
							action.metadata?.channel_id === from ? { ...action, metadata: { ...action.metadata, channel_id: to } } : action
						)
					})
				};
				await rest.patch(Routes.guildAutoModerationRule(guildId, rule.id), { body, reason });
			}
		},
		async moveOnboarding(guildId, from, to, reason) {
			const onboarding = await onboardingOf(guildId, from);
			if (onboarding === null) return;
			const { default_channel_ids: defaults, prompts } = onboarding;
			const body = {
				...(defaults.includes(from) && { default_channel_ids: swapped(defaults, from, to) }),
				// Discord takes all of them or none.
				...(prompts.some((prompt) => leadsTo(prompt, from)) && { prompts: prompts.map((prompt) => promptBody(prompt, from, to)) })
			};
			await rest.put(Routes.guildOnboarding(guildId), { body, reason });
		},
		async moveTalkers(guildId, from, to, reason) {
			const here =
				guilds.cache
					.get(guildId)
					?.voiceStates.cache.filter((state) => state.channelId === from)
					.map(({ id }) => id) ?? [];
			const body = { channel_id: to };
			await Promise.all(here.map((userId) => unlessRefused(rest.patch(Routes.guildMember(guildId, userId), { body, reason }))));
		}
	};
}

/** Null when Discord said no, which is no reason not to go on. */
async function unlessRefused(answer: Promise<unknown>): Promise<unknown> {
	try {
		return await answer;
	} catch (error) {
		if (isDiscordRefusal(error)) return null;
		throw error;
	}
}

function alertsIn({ actions }: APIAutoModerationRule): ReadonlySet<string | undefined> {
	const alerts = actions.filter(({ type }) => type === AutoModerationActionType.SendAlertMessage);
	return new Set(alerts.map(({ metadata }) => metadata?.channel_id));
}

function asksFor({ default_channel_ids: defaults, prompts }: APIGuildOnboarding, channelId: string): boolean {
	return defaults.includes(channelId) || prompts.some((prompt) => leadsTo(prompt, channelId));
}

function leadsTo({ options }: APIGuildOnboardingPrompt, channelId: string): boolean {
	return options.some(({ channel_ids: channels }) => channels.includes(channelId));
}

/** Discord reads the emoji of an answer in other words than it writes it. */
function promptBody({ options, ...prompt }: APIGuildOnboardingPrompt, from: string, to: string) {
	return {
		...prompt,
		options: options.map(({ id, title, description, emoji, role_ids, channel_ids }) => ({
			...{ id, title, description, role_ids, channel_ids: swapped(channel_ids, from, to) },
			...{ emoji_id: emoji?.id ?? null, emoji_name: emoji?.name ?? null, emoji_animated: emoji?.animated ?? false }
		}))
	};
}

function swapped(ids: readonly string[], from: string, to: string): readonly string[] {
	return [...new Set(ids.map((id) => (id === from ? to : id)))];
}
