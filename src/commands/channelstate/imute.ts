import { defineMute } from './_mute.js';

export const Imute = defineMute({ name: 'imute', aliases: ['imagemute'], slash: 'lock media image' });
