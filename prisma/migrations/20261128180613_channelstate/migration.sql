-- CreateTable
CREATE TABLE "channel_lock" (
    "guild_id" BIGINT NOT NULL,
    "channel_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" BIGINT NOT NULL DEFAULT 0,
    "bits" BIGINT NOT NULL,
    "gives" BOOLEAN NOT NULL DEFAULT false,
    "previous_allow" BIGINT NOT NULL,
    "previous_deny" BIGINT NOT NULL,
    "existed" BOOLEAN NOT NULL,
    "everywhere" BOOLEAN NOT NULL DEFAULT false,
    "job_number" INTEGER,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_lock_pkey" PRIMARY KEY ("guild_id","channel_id","kind","user_id")
);

-- CreateTable
CREATE TABLE "lock_ignore" (
    "guild_id" BIGINT NOT NULL,
    "channel_id" BIGINT NOT NULL,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lock_ignore_pkey" PRIMARY KEY ("guild_id","channel_id")
);

-- CreateIndex
CREATE INDEX "channel_lock_user_id_idx" ON "channel_lock"("user_id");

-- CreateIndex
CREATE INDEX "channel_lock_actor_id_idx" ON "channel_lock"("actor_id");

-- CreateIndex
CREATE INDEX "lock_ignore_actor_id_idx" ON "lock_ignore"("actor_id");

-- AddForeignKey
ALTER TABLE "channel_lock" ADD CONSTRAINT "channel_lock_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lock_ignore" ADD CONSTRAINT "lock_ignore_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
