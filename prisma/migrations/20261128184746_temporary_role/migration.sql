-- CreateTable
CREATE TABLE "temporary_role" (
    "guild_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "role_id" BIGINT NOT NULL,
    "case_number" INTEGER NOT NULL,

    CONSTRAINT "temporary_role_pkey" PRIMARY KEY ("guild_id","user_id","role_id")
);

-- CreateIndex
CREATE INDEX "temporary_role_user_id_idx" ON "temporary_role"("user_id");

-- AddForeignKey
ALTER TABLE "temporary_role" ADD CONSTRAINT "temporary_role_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;
