import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { changePin, pinOptions, pinPermissions } from './_pin.js';

export const Unpin = defineCommand({
	id: 'channelstate.unpin',
	name: 'unpin',
	slash: 'lock message unpin',
	permissions: pinPermissions,
	options: pinOptions,
	run: (context, { message }) =>
		changePin(context, message, (request) => container.services.channelstate.pins.unpin(request), 'channelstate:pins.unpinned')
});
