import { defineUnmute } from './_mute.js';

export const Runmute = defineUnmute({ name: 'runmute', aliases: ['reactionunmute'], slash: 'lock media unreaction' });
