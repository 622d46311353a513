-- CreateTable
CREATE TABLE "fake_permission" (
    "guild_id" BIGINT NOT NULL,
    "role_id" BIGINT NOT NULL,
    "permission" TEXT NOT NULL,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fake_permission_pkey" PRIMARY KEY ("guild_id","role_id","permission")
);

-- CreateIndex
CREATE INDEX "fake_permission_actor_id_idx" ON "fake_permission"("actor_id");

-- AddForeignKey
ALTER TABLE "fake_permission" ADD CONSTRAINT "fake_permission_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
