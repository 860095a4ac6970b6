-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "merged_into_id" TEXT;

-- CreateTable
CREATE TABLE "connect_codes" (
    "selector" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connect_codes_pkey" PRIMARY KEY ("selector")
);

-- CreateIndex
CREATE INDEX "connect_codes_person_id_idx" ON "connect_codes"("person_id");

-- CreateIndex
CREATE INDEX "connect_codes_expires_at_idx" ON "connect_codes"("expires_at");

-- CreateIndex
CREATE INDEX "persons_merged_into_id_idx" ON "persons"("merged_into_id");

-- AddForeignKey
ALTER TABLE "persons" ADD CONSTRAINT "persons_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_codes" ADD CONSTRAINT "connect_codes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_codes" ADD CONSTRAINT "connect_codes_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "persons" ADD CONSTRAINT "persons_merged_are_gone" CHECK ("merged_into_id" IS NULL OR ("deactivated_at" IS NOT NULL AND "merged_into_id" <> "id"));
ALTER TABLE "connect_codes" ADD CONSTRAINT "connect_codes_attempts" CHECK ("attempts" BETWEEN 0 AND 5);

-- The words by which a person is found: of the name and of the e-mail address before its @, without accents.
CREATE FUNCTION crewline_person_words(name text, email text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_remove(string_to_array(
    translate(
      regexp_replace(normalize(lower(name || ' ' || coalesce(split_part(email, '@', 1), '')), NFKD), '[\u0300-\u036f]+', '', 'g'),
      '.,;:-_+/()''’"' || chr(9) || chr(160), repeat(' ', 15)),
    ' '), ''))
$$;

CREATE INDEX "persons_words" ON "persons" USING gin (crewline_person_words("name", "email")) WHERE "deactivated_at" IS NULL;
