/** What Discord has and the description of its bot API leaves out, most of it for its own clients: the route, and what it is for. */
export const CLIENT_ROUTES: ReadonlyMap<string, string> = new Map([
	['POST /interactions', 'a person uses a command, a component or a form'],
	['POST /invites/:code', 'a person joins a server'],
	['GET /guilds/:guildId/application-command-index', 'the commands a person is offered in a server'],
	['GET /channels/:channelId/application-command-index', 'the commands a person is offered in a direct message'],
	['POST /oauth2/token', 'an application fetches a token'],
	['POST /oauth2/token/revoke', 'an application gives a token back'],
	['POST /oauth2/authorize', 'a person agrees to what an application asks'],
	['PUT /guilds/:guildId/premium/subscriptions', 'a member boosts'],
	['DELETE /guilds/:guildId/premium/subscriptions', 'a member boosts no more'],
	['PUT /guilds/:guildId/requests/@me', 'a member accepts the rules'],
	['PUT /guilds/:guildId/member-verification', 'the owner switches membership screening'],
	['GET /guilds/:guildId/member-verification', 'what membership screening shows'],
	['PATCH /guilds/:guildId/vanity-url', "the owner chooses the server's own invite"],
	['PUT /channels/:channelId/polls/:messageId/answers/@me', 'a person votes'],
	['PUT /guilds/:guildId/scheduled-events/:eventId/users/@me', 'a person is interested in an event'],
	['DELETE /guilds/:guildId/scheduled-events/:eventId/users/@me', 'a person is interested no more'],
	['POST /attachments/refresh-urls', 'new addresses for attachments whose old ones are over; bots may ask too']
]);
