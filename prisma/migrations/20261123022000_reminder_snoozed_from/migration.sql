-- AlterTable
ALTER TABLE "reminder" ADD COLUMN     "snoozed_from" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "reminder_snoozed_from_key" ON "reminder"("snoozed_from");
