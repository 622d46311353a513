-- CreateTable
CREATE TABLE "jail_setup" (
    "guild_id" BIGINT NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "log_channel_id" BIGINT,
    "old_role_id" BIGINT,
    "old_channel_id" BIGINT,
    "old_category_id" BIGINT,
    "old_log_channel_id" BIGINT,

    CONSTRAINT "jail_setup_pkey" PRIMARY KEY ("guild_id")
);

-- AddForeignKey
ALTER TABLE "jail_setup" ADD CONSTRAINT "jail_setup_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
