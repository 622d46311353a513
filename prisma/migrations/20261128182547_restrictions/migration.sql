-- CreateEnum
CREATE TYPE "restriction_kind" AS ENUM ('hardban', 'forcenick', 'uwulock', 'shutup', 'autokick', 'private_allow', 'detention');

-- CreateTable
CREATE TABLE "member_restriction" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "kind" "restriction_kind" NOT NULL,
    "value" TEXT,
    "user_name" TEXT,
    "actor_id" BIGINT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_restriction_pkey" PRIMARY KEY ("guild_id","user_id","kind")
);

-- CreateTable
CREATE TABLE "restriction_config" (
    "guild_id" BIGINT NOT NULL,
    "is_private" BOOLEAN NOT NULL DEFAULT false,
    "private_message" TEXT,
    "detention_channel_id" BIGINT,

    CONSTRAINT "restriction_config_pkey" PRIMARY KEY ("guild_id")
);

-- CreateIndex
CREATE INDEX "member_restriction_guild_id_kind_at_idx" ON "member_restriction"("guild_id", "kind", "at");

-- CreateIndex
CREATE INDEX "member_restriction_user_id_idx" ON "member_restriction"("user_id");

-- CreateIndex
CREATE INDEX "member_restriction_actor_id_idx" ON "member_restriction"("actor_id");

-- AddForeignKey
ALTER TABLE "member_restriction" ADD CONSTRAINT "member_restriction_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restriction_config" ADD CONSTRAINT "restriction_config_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
