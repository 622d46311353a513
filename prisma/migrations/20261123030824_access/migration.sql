-- CreateEnum
CREATE TYPE "blacklist_kind" AS ENUM ('user', 'guild');

-- CreateEnum
CREATE TYPE "entitlement_subject" AS ENUM ('user', 'guild');

-- CreateEnum
CREATE TYPE "entitlement_kind" AS ENUM ('donor', 'authorized', 'premium');

-- CreateTable
CREATE TABLE "blacklist" (
    "kind" "blacklist_kind" NOT NULL,
    "id" BIGINT NOT NULL,
    "reason" TEXT,
    "actor_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "blacklist_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "entitlement" (
    "subject_kind" "entitlement_subject" NOT NULL,
    "subject_id" BIGINT NOT NULL,
    "kind" "entitlement_kind" NOT NULL,
    "source" TEXT NOT NULL,
    "buyer_id" BIGINT,
    "actor_id" BIGINT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "entitlement_pkey" PRIMARY KEY ("subject_kind","subject_id","kind")
);

-- CreateIndex
CREATE INDEX "blacklist_actor_id_idx" ON "blacklist"("actor_id");

-- CreateIndex
CREATE INDEX "blacklist_expires_at_idx" ON "blacklist"("expires_at");

-- CreateIndex
CREATE INDEX "entitlement_buyer_id_idx" ON "entitlement"("buyer_id");

-- CreateIndex
CREATE INDEX "entitlement_actor_id_idx" ON "entitlement"("actor_id");

-- CreateIndex
CREATE INDEX "entitlement_expires_at_idx" ON "entitlement"("expires_at");
