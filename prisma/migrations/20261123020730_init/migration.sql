-- CreateEnum
CREATE TYPE "name_kind" AS ENUM ('username', 'display', 'nickname');

-- CreateEnum
CREATE TYPE "consent" AS ENUM ('unknown', 'accepted', 'declined');

-- CreateTable
CREATE TABLE "afk" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "mentions" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "afk_pkey" PRIMARY KEY ("guild_id","user_id")
);

-- CreateTable
CREATE TABLE "last_seen" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "channel_id" BIGINT NOT NULL,

    CONSTRAINT "last_seen_pkey" PRIMARY KEY ("guild_id","user_id")
);

-- CreateTable
CREATE TABLE "username_history" (
    "id" BIGSERIAL NOT NULL,
    "user_id" BIGINT NOT NULL,
    "kind" "name_kind" NOT NULL,
    "guild_id" BIGINT,
    "value" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "username_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guild" (
    "guild_id" BIGINT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "locale" TEXT,

    CONSTRAINT "guild_pkey" PRIMARY KEY ("guild_id")
);

-- CreateTable
CREATE TABLE "user_settings" (
    "user_id" BIGINT NOT NULL,
    "locale" TEXT,
    "timezone" TEXT,
    "consent" "consent" NOT NULL DEFAULT 'unknown',
    "consent_version" INTEGER,
    "consent_at" TIMESTAMPTZ(3),
    "opt_out" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "user_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "settings_event" (
    "id" BIGSERIAL NOT NULL,
    "slot" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "settings_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "config_change" (
    "id" BIGSERIAL NOT NULL,
    "guild_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "slot" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "config_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled_task" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "guild_id" BIGINT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_until" TIMESTAMPTZ(3),
    "lease_token" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "scheduled_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "error_report" (
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "guild_id" BIGINT,
    "channel_id" BIGINT,
    "user_id" BIGINT,
    "command" TEXT,
    "trace" TEXT NOT NULL,

    CONSTRAINT "error_report_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "house_fact" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "house_fact_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "guild_prefix" (
    "guild_id" BIGINT NOT NULL,
    "prefix" TEXT NOT NULL,

    CONSTRAINT "guild_prefix_pkey" PRIMARY KEY ("guild_id")
);

-- CreateTable
CREATE TABLE "self_prefix" (
    "user_id" BIGINT NOT NULL,
    "prefix" TEXT NOT NULL,

    CONSTRAINT "self_prefix_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" SERIAL NOT NULL,
    "user_id" BIGINT NOT NULL,
    "guild_id" BIGINT,
    "channel_id" BIGINT NOT NULL,
    "message_id" BIGINT,
    "text" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "every_seconds" INTEGER,
    "in_dm" BOOLEAN NOT NULL DEFAULT false,
    "occurrence" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "afk_user_id_idx" ON "afk"("user_id");

-- CreateIndex
CREATE INDEX "last_seen_user_id_idx" ON "last_seen"("user_id");

-- CreateIndex
CREATE INDEX "last_seen_at_idx" ON "last_seen"("at");

-- CreateIndex
CREATE INDEX "username_history_user_id_kind_changed_at_idx" ON "username_history"("user_id", "kind", "changed_at" DESC);

-- CreateIndex
CREATE INDEX "username_history_changed_at_idx" ON "username_history"("changed_at");

-- CreateIndex
CREATE INDEX "guild_left_at_idx" ON "guild"("left_at");

-- CreateIndex
CREATE INDEX "settings_event_at_idx" ON "settings_event"("at");

-- CreateIndex
CREATE INDEX "config_change_guild_id_at_idx" ON "config_change"("guild_id", "at" DESC);

-- CreateIndex
CREATE INDEX "config_change_at_idx" ON "config_change"("at");

-- CreateIndex
CREATE INDEX "scheduled_task_failed_at_due_at_idx" ON "scheduled_task"("failed_at", "due_at");

-- CreateIndex
CREATE INDEX "scheduled_task_guild_id_idx" ON "scheduled_task"("guild_id");

-- CreateIndex
CREATE UNIQUE INDEX "scheduled_task_kind_key_key" ON "scheduled_task"("kind", "key");

-- CreateIndex
CREATE INDEX "error_report_at_idx" ON "error_report"("at");

-- CreateIndex
CREATE INDEX "error_report_user_id_idx" ON "error_report"("user_id");

-- CreateIndex
CREATE INDEX "reminder_user_id_due_at_idx" ON "reminder"("user_id", "due_at");

-- CreateIndex
CREATE INDEX "reminder_sent_at_idx" ON "reminder"("sent_at");

-- AddForeignKey
ALTER TABLE "guild_prefix" ADD CONSTRAINT "guild_prefix_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
