-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('running', 'done', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "job_item_state" AS ENUM ('pending', 'done', 'skipped', 'failed');

-- CreateTable
CREATE TABLE "job" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "guild_id" BIGINT NOT NULL,
    "channel_id" BIGINT NOT NULL,
    "message_id" BIGINT,
    "actor_id" BIGINT NOT NULL,
    "locale" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "title_values" JSONB NOT NULL,
    "permission" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "canceller_id" BIGINT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_item" (
    "job_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSONB,
    "state" "job_item_state" NOT NULL DEFAULT 'pending',
    "why" TEXT,

    CONSTRAINT "job_item_pkey" PRIMARY KEY ("job_id","position")
);

-- CreateIndex
CREATE INDEX "job_guild_id_idx" ON "job"("guild_id");

-- CreateIndex
CREATE INDEX "job_actor_id_idx" ON "job"("actor_id");

-- CreateIndex
CREATE INDEX "job_canceller_id_idx" ON "job"("canceller_id");

-- CreateIndex
CREATE INDEX "job_ended_at_idx" ON "job"("ended_at");

-- One running job of a kind in a server. Prisma's language has no partial indexes.
CREATE UNIQUE INDEX "job_running_key" ON "job"("guild_id", "kind") WHERE "state" = 'running';

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_item" ADD CONSTRAINT "job_item_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
