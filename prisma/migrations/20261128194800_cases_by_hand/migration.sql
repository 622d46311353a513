-- AlterTable
ALTER TABLE "mod_config" ALTER COLUMN "external_cases" SET DEFAULT 'no-roles';
