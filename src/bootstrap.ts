import { container } from '@sapphire/pieces';
import { Events } from 'discord.js';
import { watchDiscordClock } from '#lib/client/discordClock.js';
import { watchGateway } from '#lib/client/gatewayEvents.js';
import { loginFault } from '#lib/client/loginFault.js';
import { watchPieceLoading } from '#lib/client/pieceLoading.js';
import { watchServers } from '#lib/client/serverEvents.js';
import { choices } from '#lib/components/choose/choose.js';
import { confirmations } from '#lib/components/confirm/confirm.js';
import { ErrorRenderer } from '#lib/errors/render.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import { openHealthServer } from '#lib/observability/healthServer.js';
import { startTable } from '#lib/observability/startTable.js';
import { openJoinPipeline, openMessagePipeline, openVoicePipeline } from '#lib/pipeline/openPipeline.js';
import type { PipelineReports } from '#lib/pipeline/pipeline.js';
import { WorkInProgress } from '#lib/shutdown/workInProgress.js';
import type { Config } from './config.js';
import { type Foundation, openFoundation } from './foundation.js';
import { openForBusiness } from './opening.js';
import { openRuntime, type Runtime } from './runtime.js';
import { serviceStates } from './serviceStates.js';
import { openServices } from './services.js';

/** Runs the bot until it is told to stop. `directory`: where the store folders lie. */
export async function runBot(config: Config, directory: string): Promise<void> {
	const runtime = openRuntime(config);
	try {
		await start(runtime, directory);
	} catch (error) {
		await runtime.fail(error);
	}
}

async function start(runtime: Runtime, directory: string): Promise<void> {
	const { config, logger, metrics, readiness, shutdown } = runtime;
	for (const warning of config.warnings) logger.warn(warning);
	let open = false;
	readiness.add('start', () => (open ? null : 'still starting'));
	const health = await openHealthServer({ ...config.http, metrics, readiness });
	shutdown.add('http', 'health server', () => health.close());
	logger.info(`Health and figures: ${health.address} (/livez, /readyz, /metrics)`);
	const foundation = await openFoundation(runtime, directory, {
		user: (userId) => container.services.house.locales.user(userId),
		guild: (guildId) => container.services.house.locales.guild(guildId)
	});
	const loading = watchPieceLoading(foundation.client.stores);
	compose(runtime, foundation);
	await foundation.settings.start();
	foundation.client.once(Events.ClientReady, () => {
		openForBusiness(runtime, foundation);
		open = true;
	});
	await logIn(runtime, foundation);
	for (const line of startTable(await serviceStates(config, foundation), loading.pieces)) logger.info(line);
}

/** Hands everything to the pieces. Nothing is connected yet. */
function compose(runtime: Runtime, foundation: Foundation): void {
	const { config, logger, metrics, shutdown } = runtime;
	const { channelReferences, client, jobs, kit, keyValue, languages, reports } = foundation;
	const services = openServices(foundation);
	const { locales } = services.house;
	kit.prefixes = (guildId, userId) => services.prefixes.prefixesFor(guildId, userId);
	kit.locale = ({ interaction, userId, guildId, guildLocale }) =>
		chooseLocale({ interaction, user: locales.user(userId), guild: (guildId && locales.guild(guildId)) ?? guildLocale }, languages.locales);
	const errors = new ErrorRenderer({ kit, reports, logger, metrics, supportServer: config.supportServer });
	runtime.report = (error, where) => void reports.report(error, { where });
	container.services = services;
	container.kit = kit;
	container.jobs = jobs;
	container.channelReferences = channelReferences;
	container.errors = errors;
	const reportsOfSteps = (where: string): PipelineReports => ({
		onError(step, error) {
			metrics.stepErrors.inc({ step });
			errors.inBackground(error, { where, name: step });
		},
		onTime: (step, milliseconds) => metrics.stepTimes.observe(step, milliseconds / 1000)
	});
	container.messages = openMessagePipeline(kit, keyValue, reportsOfSteps('message step'));
	container.joins = openJoinPipeline(reportsOfSteps('join step'));
	container.voices = openVoicePipeline(reportsOfSteps('voice step'));
	// A server's plan says which steps are on there: that may have changed with its settings.
	foundation.settings.onDropped((key) => {
		for (const pipeline of [container.messages, container.joins, container.voices]) pipeline.invalidate(key ?? undefined);
	});
	shutdown.add('jobs', "look at Discord's clock", watchDiscordClock(client.rest, { clock: foundation.clock, logger }));
	watchGateway(client, runtime, (sentence) => void runtime.fail(new StartFailure(sentence)));
	watchServers(client, runtime);
	client.on(Events.MessageCreate, () => metrics.messages.inc());
	const work = new WorkInProgress(client);
	shutdown.add('intake', 'intake', () => work.stopIntake());
	// A command that waits for a press would hold up the end.
	shutdown.add('intake', 'open questions', () => {
		confirmations.close();
		choices.close();
	});
	shutdown.add('work', 'running commands', () => work.idle());
	shutdown.add('work', 'answers to be removed', () => errors.answers.removeAll());
}

async function logIn({ config }: Runtime, { client }: Foundation): Promise<void> {
	try {
		await client.login(config.token?.reveal());
	} catch (error) {
		throw loginFault(error, config.discord.api);
	}
}
