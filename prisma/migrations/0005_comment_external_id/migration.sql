-- AlterTable
ALTER TABLE "comments" ADD COLUMN     "external_id" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "comments_external_id_key" ON "comments"("external_id");
