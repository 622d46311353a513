import { togetherHouse } from '../support/togetherHouse.js';
import { accessStories } from './restart/access.js';
import { afkStories } from './restart/afk.js';
import { channelstateStories } from './restart/channelstate.js';
import { componentsStories } from './restart/components.js';
import { errorsStories } from './restart/errors.js';
import { fakepermissionsStories } from './restart/fakepermissions.js';
import { halfWayStories } from './restart/halfWay.js';
import { helpStories } from './restart/help.js';
import { houseStories } from './restart/house.js';
import { jobsStories } from './restart/jobs.js';
import { moderationStories } from './restart/moderation.js';
import { prefixesStories } from './restart/prefixes.js';
import { remindersStories } from './restart/reminders.js';
import { restrictionsStories } from './restart/restrictions.js';
import { rolesStories } from './restart/roles.js';

/** What outlives the bot's process: stories of all modules that wait for the same restarts. */
const here = togetherHouse();

accessStories(here);
afkStories(here);
channelstateStories(here);
componentsStories(here);
errorsStories(here);
fakepermissionsStories(here);
halfWayStories(here);
helpStories(here);
houseStories(here);
jobsStories(here);
moderationStories(here);
prefixesStories(here);
remindersStories(here);
restrictionsStories(here);
rolesStories(here);
