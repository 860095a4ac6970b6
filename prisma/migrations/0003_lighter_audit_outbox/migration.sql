-- DropIndex
DROP INDEX "audit_outbox_actor_seq_idx";

-- A row is claimed only after it was sealed: until then it need not stand in the index of what is due.
DROP INDEX "audit_outbox_waiting";
CREATE INDEX "audit_outbox_waiting" ON "audit_outbox" ("next_attempt_at", "id") WHERE "seq" IS NOT NULL;
