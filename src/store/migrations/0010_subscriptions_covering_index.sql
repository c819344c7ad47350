DROP INDEX "subscriptions_by_place";--> statement-breakpoint
CREATE INDEX "subscriptions_by_place" ON "subscriptions" USING btree ("place","destination","created","id","types","standing","mode");