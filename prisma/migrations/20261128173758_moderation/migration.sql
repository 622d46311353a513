-- CreateEnum
CREATE TYPE "case_state" AS ENUM ('active', 'expired', 'undone', 'superseded', 'removed', 'deleted');

-- CreateTable
CREATE TABLE "mod_config" (
    "guild_id" BIGINT NOT NULL,
    "log_channel_id" BIGINT,
    "jail_role_id" BIGINT,
    "jail_channel_id" BIGINT,
    "jail_category_id" BIGINT,
    "require_reason" BOOLEAN NOT NULL DEFAULT false,
    "confirm_ban" BOOLEAN NOT NULL DEFAULT false,
    "dm_actions" TEXT[] DEFAULT ARRAY['ban', 'softban', 'kick', 'mute', 'warn', 'jail']::TEXT[],
    "dm_texts" JSONB NOT NULL DEFAULT '{}',
    "default_mute_seconds" INTEGER NOT NULL DEFAULT 3600,
    "delete_message_seconds" INTEGER NOT NULL DEFAULT 0,
    "protected_role_ids" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "external_cases" TEXT NOT NULL DEFAULT 'all',

    CONSTRAINT "mod_config_pkey" PRIMARY KEY ("guild_id")
);

-- CreateTable
CREATE TABLE "mod_case_counter" (
    "guild_id" BIGINT NOT NULL,
    "last" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mod_case_counter_pkey" PRIMARY KEY ("guild_id")
);

-- CreateTable
CREATE TABLE "mod_case" (
    "guild_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "user_id" BIGINT,
    "channel_id" BIGINT,
    "moderator_id" BIGINT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "state" "case_state" NOT NULL DEFAULT 'active',
    "closed_at" TIMESTAMPTZ(3),
    "parent_number" INTEGER,
    "details" JSONB NOT NULL DEFAULT '{}',
    "order_key" TEXT,
    "audit_entry_id" BIGINT,
    "log_channel_id" BIGINT,
    "log_message_id" BIGINT,

    CONSTRAINT "mod_case_pkey" PRIMARY KEY ("guild_id","number")
);

-- CreateTable
CREATE TABLE "case_event" (
    "id" BIGSERIAL NOT NULL,
    "guild_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "actor_id" BIGINT,
    "kind" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_evidence" (
    "id" BIGSERIAL NOT NULL,
    "guild_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "actor_id" BIGINT,
    "blob_hash" TEXT,
    "url" TEXT,
    "name" TEXT NOT NULL,
    "content_type" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warn_threshold" (
    "guild_id" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "duration_seconds" INTEGER,
    "window_seconds" INTEGER,

    CONSTRAINT "warn_threshold_pkey" PRIMARY KEY ("guild_id","count")
);

-- CreateTable
CREATE TABLE "jail_entry" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "role_ids" BIGINT[],
    "case_number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "jail_entry_pkey" PRIMARY KEY ("guild_id","user_id")
);

-- CreateTable
CREATE TABLE "role_snapshot" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "role_ids" BIGINT[],
    "nickname" TEXT,
    "left_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_snapshot_pkey" PRIMARY KEY ("guild_id","user_id")
);

-- CreateIndex
CREATE INDEX "mod_case_guild_id_user_id_idx" ON "mod_case"("guild_id", "user_id");

-- CreateIndex
CREATE INDEX "mod_case_guild_id_moderator_id_at_idx" ON "mod_case"("guild_id", "moderator_id", "at");

-- CreateIndex
CREATE INDEX "mod_case_guild_id_type_idx" ON "mod_case"("guild_id", "type");

-- CreateIndex
CREATE INDEX "mod_case_user_id_idx" ON "mod_case"("user_id");

-- CreateIndex
CREATE INDEX "mod_case_moderator_id_idx" ON "mod_case"("moderator_id");

-- CreateIndex
CREATE UNIQUE INDEX "mod_case_guild_id_order_key_key" ON "mod_case"("guild_id", "order_key");

-- CreateIndex
CREATE UNIQUE INDEX "mod_case_guild_id_audit_entry_id_key" ON "mod_case"("guild_id", "audit_entry_id");

-- CreateIndex
CREATE INDEX "case_event_guild_id_number_id_idx" ON "case_event"("guild_id", "number", "id");

-- CreateIndex
CREATE INDEX "case_event_actor_id_idx" ON "case_event"("actor_id");

-- CreateIndex
CREATE INDEX "case_evidence_guild_id_number_idx" ON "case_evidence"("guild_id", "number");

-- CreateIndex
CREATE INDEX "case_evidence_actor_id_idx" ON "case_evidence"("actor_id");

-- CreateIndex
CREATE INDEX "jail_entry_user_id_idx" ON "jail_entry"("user_id");

-- CreateIndex
CREATE INDEX "role_snapshot_user_id_idx" ON "role_snapshot"("user_id");

-- CreateIndex
CREATE INDEX "role_snapshot_left_at_idx" ON "role_snapshot"("left_at");

-- AddForeignKey
ALTER TABLE "mod_config" ADD CONSTRAINT "mod_config_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mod_case_counter" ADD CONSTRAINT "mod_case_counter_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mod_case" ADD CONSTRAINT "mod_case_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_guild_id_number_fkey" FOREIGN KEY ("guild_id", "number") REFERENCES "mod_case"("guild_id", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_evidence" ADD CONSTRAINT "case_evidence_guild_id_number_fkey" FOREIGN KEY ("guild_id", "number") REFERENCES "mod_case"("guild_id", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "warn_threshold" ADD CONSTRAINT "warn_threshold_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jail_entry" ADD CONSTRAINT "jail_entry_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_snapshot" ADD CONSTRAINT "role_snapshot_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
