ALTER TABLE "destinations" ADD COLUMN "owner" jsonb;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "owner_told" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "destinations_disabled" ON "destinations" USING btree ("disabled_at") WHERE "destinations"."disabled" is not null;