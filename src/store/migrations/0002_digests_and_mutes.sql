CREATE TABLE "digest_items" (
	"destination" text NOT NULL,
	"update" text NOT NULL,
	"incident" text NOT NULL,
	"subscription" text NOT NULL,
	"mode" text NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digest_items_destination_update_pk" PRIMARY KEY("destination","update"),
	CONSTRAINT "digest_items_mode" CHECK ("digest_items"."mode" in ('hourly', 'daily'))
);
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_op";--> statement-breakpoint
ALTER TABLE "subscriptions" DROP CONSTRAINT "subscriptions_mode";--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "update" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "incident" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "muted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_update_updates_id_fk" FOREIGN KEY ("update") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "digest_items_due" ON "digest_items" USING btree ("due","destination");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_in_thread" CHECK (("deliveries"."op" = 'post') = ("deliveries"."update" is null) and ("deliveries"."update" is null) = ("deliveries"."incident" is null));--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_op" CHECK ("deliveries"."op" in ('post_root', 'edit_root', 'reply', 'post'));--> statement-breakpoint
UPDATE "subscriptions" SET "mode" = 'daily' WHERE "mode" = 'digest';--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_mode" CHECK ("subscriptions"."mode" in ('live', 'hourly', 'daily'));