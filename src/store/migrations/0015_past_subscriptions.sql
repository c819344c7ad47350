DROP INDEX "subscriptions_by_place";--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "past" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "subscriptions_by_place" ON "subscriptions" USING btree ("place","destination","created","id","types","standing","mode","past");