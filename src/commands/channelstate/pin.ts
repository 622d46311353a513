import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { changePin, pinOptions, pinPermissions } from './_pin.js';

export const Pin = defineCommand({
	id: 'channelstate.pin',
	name: 'pin',
	slash: 'lock message pin',
	permissions: pinPermissions,
	options: pinOptions,
	run: (context, { message }) =>
		changePin(context, message, (request) => container.services.channelstate.pins.pin(request), 'channelstate:pins.pinned')
});
