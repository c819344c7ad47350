CREATE TABLE "control_entries" (
	"row" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control_entries_row_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"place" text NOT NULL,
	"lineage" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_from" timestamp (3) with time zone NOT NULL,
	"recorded_to" timestamp (3) with time zone,
	"document" jsonb NOT NULL,
	CONSTRAINT "control_entries_valid" CHECK ("control_entries"."valid_to" >= "control_entries"."valid_from"),
	CONSTRAINT "control_entries_recorded" CHECK ("control_entries"."recorded_to" >= "control_entries"."recorded_from")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"report" text NOT NULL,
	"ordinal" integer NOT NULL,
	"statement" text NOT NULL,
	"incident" text,
	"reason" jsonb NOT NULL,
	CONSTRAINT "decisions_report_ordinal_pk" PRIMARY KEY("report","ordinal")
);
--> statement-breakpoint
CREATE TABLE "incident_blocks" (
	"block" text NOT NULL,
	"incident" text NOT NULL,
	CONSTRAINT "incident_blocks_block_incident_pk" PRIMARY KEY("block","incident")
);
--> statement-breakpoint
CREATE TABLE "incident_places" (
	"incident" text NOT NULL,
	"place" text NOT NULL,
	"named" boolean NOT NULL,
	"last_activity" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_places_incident_place_pk" PRIMARY KEY("incident","place")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"family" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"opened" timestamp (3) with time zone NOT NULL,
	"last_activity" timestamp (3) with time zone NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "incidents_family" CHECK ("incidents"."family" in ('ground', 'movement')),
	CONSTRAINT "incidents_state" CHECK ("incidents"."state" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "updates" (
	"id" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"revision" integer NOT NULL,
	"report" text NOT NULL,
	"document" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"source" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"etag" text,
	"last_modified" text,
	"baseline_done" boolean NOT NULL,
	"last_ok" timestamp (3) with time zone,
	"last_error" text,
	"failures" integer NOT NULL,
	"next_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_bands" (
	"band" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "report_bands_band_seq_pk" PRIMARY KEY("band","seq")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "reports_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"outlet" text NOT NULL,
	"url" text,
	"guid" text,
	"title" text,
	"body" text NOT NULL,
	"language" text NOT NULL,
	"published" timestamp (3) with time zone NOT NULL,
	"accepted" timestamp (3) with time zone NOT NULL,
	"fingerprint" text NOT NULL,
	"duplicate_of" text,
	"copy_of" text,
	"shingles" bigint[] NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"error" text,
	"due_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"judged_at" timestamp (3) with time zone,
	"engine" text,
	CONSTRAINT "reports_seq" UNIQUE("seq"),
	CONSTRAINT "reports_state" CHECK ("reports"."state" in ('accepted', 'retrying', 'read', 'judged', 'quarantined', 'duplicate', 'baseline')),
	CONSTRAINT "reports_duplicate" CHECK (("reports"."state" = 'duplicate') = ("reports"."duplicate_of" is not null)),
	CONSTRAINT "reports_retry_due" CHECK ("reports"."state" <> 'retrying' or "reports"."due_at" is not null),
	CONSTRAINT "reports_judged_at" CHECK (("reports"."state" = 'judged') = ("reports"."judged_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "source_tallies" (
	"source" text PRIMARY KEY NOT NULL,
	"reports" bigint NOT NULL,
	"last_report" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" text PRIMARY KEY NOT NULL,
	"report" text NOT NULL,
	"ordinal" integer NOT NULL,
	"document" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"answer" jsonb NOT NULL,
	"answered" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"update" text NOT NULL,
	"incident" text NOT NULL,
	"destination" text NOT NULL,
	"op" text NOT NULL,
	"revision" integer NOT NULL,
	"broadcast" boolean NOT NULL,
	"message" jsonb NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created" timestamp (3) with time zone NOT NULL,
	"attempted" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"ended" timestamp (3) with time zone,
	"why" text,
	"handle" jsonb,
	CONSTRAINT "deliveries_once" UNIQUE("update","destination","op"),
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('pending', 'attempting', 'uncertain', 'sent', 'refused', 'superseded')),
	CONSTRAINT "deliveries_op" CHECK ("deliveries"."op" in ('post_root', 'edit_root', 'reply')),
	CONSTRAINT "deliveries_handle" CHECK (("deliveries"."state" = 'sent') = ("deliveries"."handle" is not null)),
	CONSTRAINT "deliveries_ended" CHECK (("deliveries"."state" in ('sent', 'refused', 'superseded')) = ("deliveries"."ended" is not null))
);
--> statement-breakpoint
CREATE TABLE "desk_channels" (
	"destination" text PRIMARY KEY NOT NULL,
	"change" bigint DEFAULT 0 NOT NULL,
	"posts" bigint DEFAULT 0 NOT NULL,
	"last_posted" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "desk_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "desk_messages_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"destination" text NOT NULL,
	"thread" text,
	"broadcast" boolean NOT NULL,
	"message" jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"posted" timestamp (3) with time zone NOT NULL,
	"edited" timestamp (3) with time zone,
	"change" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "destinations" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"disabled" text,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "destinations_address" UNIQUE("platform","workspace","channel"),
	CONSTRAINT "destinations_platform" CHECK ("destinations"."platform" in ('desk', 'slack', 'discord'))
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"destination" text NOT NULL,
	"place" text,
	"types" text[] NOT NULL,
	"standing" text NOT NULL,
	"mode" text NOT NULL,
	"created" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_place" UNIQUE NULLS NOT DISTINCT("destination","place"),
	CONSTRAINT "subscriptions_standing" CHECK ("subscriptions"."standing" in ('claimed', 'reported', 'confirmed')),
	CONSTRAINT "subscriptions_mode" CHECK ("subscriptions"."mode" in ('live', 'digest'))
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"incident" text NOT NULL,
	"destination" text NOT NULL,
	"root" jsonb,
	"revision" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "threads_incident_destination_pk" PRIMARY KEY("incident","destination")
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_report_reports_id_fk" FOREIGN KEY ("report") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_blocks" ADD CONSTRAINT "incident_blocks_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_places" ADD CONSTRAINT "incident_places_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_report_reports_id_fk" FOREIGN KEY ("report") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_bands" ADD CONSTRAINT "report_bands_report" FOREIGN KEY ("seq") REFERENCES "public"."reports"("seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_duplicate_of" FOREIGN KEY ("duplicate_of") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_copy_of" FOREIGN KEY ("copy_of") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_report_reports_id_fk" FOREIGN KEY ("report") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_update_updates_id_fk" FOREIGN KEY ("update") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_thread" FOREIGN KEY ("incident","destination") REFERENCES "public"."threads"("incident","destination") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_channels" ADD CONSTRAINT "desk_channels_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_messages" ADD CONSTRAINT "desk_messages_destination_desk_channels_destination_fk" FOREIGN KEY ("destination") REFERENCES "public"."desk_channels"("destination") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_messages" ADD CONSTRAINT "desk_messages_thread" FOREIGN KEY ("thread") REFERENCES "public"."desk_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_destination_destinations_id_fk" FOREIGN KEY ("destination") REFERENCES "public"."destinations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "control_entries_believed" ON "control_entries" USING btree ("id") WHERE "control_entries"."recorded_to" is null;--> statement-breakpoint
CREATE INDEX "control_entries_place_believed" ON "control_entries" USING btree ("place","valid_from") WHERE "control_entries"."recorded_to" is null;--> statement-breakpoint
CREATE INDEX "control_entries_within_believed" ON "control_entries" USING gin ("lineage") WITH (fastupdate=false) WHERE "control_entries"."recorded_to" is null;--> statement-breakpoint
CREATE INDEX "control_entries_lasting" ON "control_entries" USING btree ("valid_to") WHERE "control_entries"."recorded_to" is null;--> statement-breakpoint
CREATE INDEX "control_entries_provisional" ON "control_entries" USING btree ("place") WHERE "control_entries"."recorded_to" is null and "control_entries"."place" like '~%';--> statement-breakpoint
CREATE INDEX "control_entries_within" ON "control_entries" USING gin ("lineage") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "incident_blocks_incident" ON "incident_blocks" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "incident_places_newest" ON "incident_places" USING btree ("place","last_activity","incident");--> statement-breakpoint
CREATE INDEX "incident_places_named" ON "incident_places" USING btree ("place","last_activity","incident") WHERE "incident_places"."named";--> statement-breakpoint
CREATE INDEX "incidents_activity" ON "incidents" USING btree ("last_activity","id");--> statement-breakpoint
CREATE UNIQUE INDEX "updates_revision" ON "updates" USING btree ("incident","revision");--> statement-breakpoint
CREATE INDEX "updates_report" ON "updates" USING btree ("report");--> statement-breakpoint
CREATE INDEX "report_bands_of_report" ON "report_bands" USING btree ("seq");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_first_of_text" ON "reports" USING btree ("fingerprint") WHERE "reports"."duplicate_of" is null;--> statement-breakpoint
CREATE INDEX "reports_open" ON "reports" USING btree ("state","seq") WHERE "reports"."state" in ('accepted', 'retrying', 'read', 'quarantined');--> statement-breakpoint
CREATE INDEX "reports_judged_order" ON "reports" USING btree ("judged_at") WHERE "reports"."judged_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "statements_of_report" ON "statements" USING btree ("report","ordinal");--> statement-breakpoint
CREATE INDEX "deliveries_outstanding" ON "deliveries" USING btree ("destination","seq") WHERE "deliveries"."state" in ('pending', 'attempting', 'uncertain');--> statement-breakpoint
CREATE INDEX "deliveries_failing" ON "deliveries" USING btree ("created","seq") WHERE "deliveries"."why" is not null and "deliveries"."state" not in ('sent', 'superseded');--> statement-breakpoint
CREATE UNIQUE INDEX "desk_messages_change" ON "desk_messages" USING btree ("destination","change");--> statement-breakpoint
CREATE INDEX "desk_messages_roots" ON "desk_messages" USING btree ("destination","seq") WHERE "desk_messages"."thread" is null;--> statement-breakpoint
CREATE INDEX "desk_messages_replies" ON "desk_messages" USING btree ("thread","seq");--> statement-breakpoint
CREATE INDEX "subscriptions_by_place" ON "subscriptions" USING btree ("place");