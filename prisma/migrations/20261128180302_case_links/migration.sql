-- DropIndex
DROP INDEX "case_evidence_guild_id_number_idx";

-- CreateIndex
CREATE UNIQUE INDEX "case_evidence_guild_id_number_blob_hash_key" ON "case_evidence"("guild_id", "number", "blob_hash");

-- CreateIndex
CREATE UNIQUE INDEX "case_evidence_guild_id_number_url_key" ON "case_evidence"("guild_id", "number", "url");

-- CreateIndex
CREATE INDEX "mod_case_guild_id_parent_number_idx" ON "mod_case"("guild_id", "parent_number");
