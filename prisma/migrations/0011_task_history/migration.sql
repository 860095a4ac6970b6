-- AlterTable
ALTER TABLE "task_changes" ADD COLUMN     "undoable" BOOLEAN NOT NULL DEFAULT true;
