/** The kind of the mass work that unlocks every nickname. */
export const clearNicksKind = 'restrictions.forcenickclear';
