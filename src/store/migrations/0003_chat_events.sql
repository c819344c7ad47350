CREATE TABLE "chat_events" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "chat_events_by_time" ON "chat_events" USING btree ("at");