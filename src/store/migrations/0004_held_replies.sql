CREATE TABLE "held_replies" (
	"incident" text NOT NULL,
	"destination" text NOT NULL,
	"id" text NOT NULL,
	"update" text NOT NULL,
	"revision" integer NOT NULL,
	"messages" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "held_replies_incident_destination_pk" PRIMARY KEY("incident","destination")
);
--> statement-breakpoint
ALTER TABLE "held_replies" ADD CONSTRAINT "held_replies_update_updates_id_fk" FOREIGN KEY ("update") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_replies" ADD CONSTRAINT "held_replies_thread" FOREIGN KEY ("incident","destination") REFERENCES "public"."threads"("incident","destination") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "held_replies_due" ON "held_replies" USING btree ("due");