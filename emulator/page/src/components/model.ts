import type { Message } from '../state/model.js';

export const Kind = {
	Row: 1,
	Button: 2,
	StringSelect: 3,
	TextInput: 4,
	UserSelect: 5,
	RoleSelect: 6,
	MentionableSelect: 7,
	ChannelSelect: 8,
	Section: 9,
	Text: 10,
	Thumbnail: 11,
	Gallery: 12,
	File: 13,
	Separator: 14,
	Container: 17,
	Label: 18,
	FileUpload: 19
} as const;

export interface ComponentEmoji {
	id?: string | null;
	name?: string | null;
}

export interface SelectOption {
	label: string;
	value: string;
	description?: string;
	emoji?: ComponentEmoji;
	default?: boolean;
}

export interface Media {
	media?: { url: string };
	description?: string | null;
	spoiler?: boolean;
}

/** Any component; which fields there are follows from the type. */
export interface Component extends Media {
	type: number;
	id?: number;
	custom_id?: string;
	style?: number;
	label?: string;
	emoji?: ComponentEmoji;
	url?: string;
	disabled?: boolean;
	placeholder?: string;
	min_values?: number;
	max_values?: number;
	required?: boolean;
	options?: SelectOption[];
	default_values?: { id: string; type: string }[];
	channel_types?: number[];
	components?: Component[];
	component?: Component;
	accessory?: Component;
	content?: string;
	items?: Media[];
	file?: { url: string };
	name?: string;
	size?: number;
	divider?: boolean;
	spacing?: number;
	accent_color?: number | null;
	value?: string;
	min_length?: number;
	max_length?: number;
}

/** The components of a message, typed as the page draws them. */
export function componentsOf(message: Message): Component[] {
	return (message.components ?? []) as Component[];
}

export function isSelect(type: number): boolean {
	return type === Kind.StringSelect || (type >= Kind.UserSelect && type <= Kind.ChannelSelect);
}
