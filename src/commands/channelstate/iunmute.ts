import { defineUnmute } from './_mute.js';

export const Iunmute = defineUnmute({ name: 'iunmute', aliases: ['imageunmute'], slash: 'lock media unimage' });
