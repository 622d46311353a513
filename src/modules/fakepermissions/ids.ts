import { defineCustomId, field } from '#lib/components/customId.js';

/** The select of a role's permissions, and whose it is. */
export const editId = defineCustomId('fakepermissions.edit', 1, { roleId: field.snowflake, userId: field.snowflake });
