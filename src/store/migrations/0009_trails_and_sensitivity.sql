CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withheld" (
	"incident" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"disclosed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withheld_from" (
	"incident" text NOT NULL,
	"destination" text NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "withheld_from_incident_destination_pk" PRIMARY KEY("incident","destination")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "because" jsonb;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "withheld" ADD CONSTRAINT "withheld_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withheld_from" ADD CONSTRAINT "withheld_from_incident_withheld_incident_fk" FOREIGN KEY ("incident") REFERENCES "public"."withheld"("incident") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withheld_from" ADD CONSTRAINT "withheld_from_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","seq");--> statement-breakpoint
CREATE INDEX "withheld_from_due" ON "withheld_from" USING btree ("due","incident");--> statement-breakpoint
CREATE INDEX "decisions_of_incident" ON "decisions" USING btree ("incident") WHERE "decisions"."incident" is not null;--> statement-breakpoint
CREATE INDEX "incidents_prefix" ON "incidents" USING btree ("id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "deliveries_of_thread" ON "deliveries" USING btree ("incident","destination","seq");