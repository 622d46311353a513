/** https://discord.com/developers/docs/components/reference#component-object-component-types */
export const Kind = {
	ActionRow: 1,
	Button: 2,
	StringSelect: 3,
	TextInput: 4,
	UserSelect: 5,
	RoleSelect: 6,
	MentionableSelect: 7,
	ChannelSelect: 8,
	Section: 9,
	TextDisplay: 10,
	Thumbnail: 11,
	MediaGallery: 12,
	File: 13,
	Separator: 14,
	Container: 17,
	Label: 18,
	FileUpload: 19
} as const;

/** True for the selects, of strings or of things. */
export function isSelect(type: number): boolean {
	return type === Kind.StringSelect || (type >= Kind.UserSelect && type <= Kind.ChannelSelect);
}
