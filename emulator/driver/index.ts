export { ApiRefusal, type UploadFile } from './api.js';
export { ClientRefusal } from './commandInput.js';
export { findComponent, readMessage, type SeenMessage } from './messages.js';
export type { Choice, Outcome, ShownModal } from './outcome.js';
export { type ChannelRef, UserDriver } from './user.js';
export { attachWorld, type ChannelHandle, type GuildHandle, type GuildSpec, openWorld, WorldDriver, type WorldOptions } from './world.js';
