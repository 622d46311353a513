-- CreateTable
CREATE TABLE "blob" (
    "hash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "data" BYTEA,
    "object_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "blob_use" (
    "hash" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "guild_id" BIGINT,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "blob_use_pkey" PRIMARY KEY ("hash","owner")
);

-- CreateTable
CREATE TABLE "blob_removal" (
    "object_key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "doomed" BOOLEAN NOT NULL,

    CONSTRAINT "blob_removal_pkey" PRIMARY KEY ("object_key")
);

-- CreateIndex
CREATE UNIQUE INDEX "blob_object_key_key" ON "blob"("object_key");

-- CreateIndex
CREATE INDEX "blob_use_expires_at_idx" ON "blob_use"("expires_at");

-- CreateIndex
CREATE INDEX "blob_use_guild_id_idx" ON "blob_use"("guild_id");

-- CreateIndex
CREATE INDEX "blob_removal_due_at_idx" ON "blob_removal"("due_at");

-- AddForeignKey
ALTER TABLE "blob_use" ADD CONSTRAINT "blob_use_hash_fkey" FOREIGN KEY ("hash") REFERENCES "blob"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blob_use" ADD CONSTRAINT "blob_use_guild_id_fkey" FOREIGN KEY ("guild_id") REFERENCES "guild"("guild_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The bytes are here or in the bucket, never at both places or at none.
ALTER TABLE "blob" ADD CONSTRAINT "blob_place_check" CHECK (num_nonnulls("data", "object_key") = 1);
