import { defineMute } from './_mute.js';

export const Rmute = defineMute({ name: 'rmute', aliases: ['reactionmute'], slash: 'lock media reaction' });
