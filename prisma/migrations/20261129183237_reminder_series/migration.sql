-- AlterTable
ALTER TABLE "reminder" ADD COLUMN     "series_at" TIMESTAMPTZ(3);
