-- CreateEnum
CREATE TYPE "disabled_kind" AS ENUM ('command', 'module');

-- CreateTable
CREATE TABLE "disabled_command" (
    "guild_id" BIGINT NOT NULL,
    "scope_kind" "disabled_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "channel_id" BIGINT NOT NULL DEFAULT 0,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "disabled_command_pkey" PRIMARY KEY ("guild_id","scope_kind","name","channel_id")
);

-- CreateTable
CREATE TABLE "command_restriction" (
    "guild_id" BIGINT NOT NULL,
    "command" TEXT NOT NULL,
    "role_id" BIGINT NOT NULL,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "command_restriction_pkey" PRIMARY KEY ("guild_id","command","role_id")
);

-- CreateTable
CREATE TABLE "command_alias" (
    "guild_id" BIGINT NOT NULL,
    "alias" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "arguments" TEXT NOT NULL,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "command_alias_pkey" PRIMARY KEY ("guild_id","alias")
);

-- CreateIndex
CREATE INDEX "disabled_command_actor_id_idx" ON "disabled_command"("actor_id");

-- CreateIndex
CREATE INDEX "command_restriction_actor_id_idx" ON "command_restriction"("actor_id");

-- CreateIndex
CREATE INDEX "command_alias_actor_id_idx" ON "command_alias"("actor_id");

-- AddForeignKey
ALTER TABLE "disabled_command" ADD CONSTRAINT "disabled_command_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "command_restriction" ADD CONSTRAINT "command_restriction_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "command_alias" ADD CONSTRAINT "command_alias_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
