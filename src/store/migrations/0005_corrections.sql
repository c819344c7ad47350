CREATE TABLE "corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "corrections_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"report" text NOT NULL,
	"replacement" text,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"requested" timestamp (3) with time zone NOT NULL,
	"after" bigint NOT NULL,
	"state" text NOT NULL,
	"applied" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"error" text,
	"due_at" timestamp (3) with time zone,
	CONSTRAINT "corrections_seq" UNIQUE("seq"),
	CONSTRAINT "corrections_kind" CHECK ("corrections"."kind" in ('retraction', 'revision')),
	CONSTRAINT "corrections_state" CHECK ("corrections"."state" in ('pending', 'applied', 'failed')),
	CONSTRAINT "corrections_applied" CHECK (("corrections"."state" = 'applied') = ("corrections"."applied" is not null))
);
--> statement-breakpoint
CREATE TABLE "incident_reports" (
	"report" text NOT NULL,
	"incident" text NOT NULL,
	CONSTRAINT "incident_reports_report_incident_pk" PRIMARY KEY("report","incident")
);
--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "correction" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "revises" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "withdrawn" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_report" FOREIGN KEY ("report") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_replacement" FOREIGN KEY ("replacement") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_reports" ADD CONSTRAINT "incident_reports_report_reports_id_fk" FOREIGN KEY ("report") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_reports" ADD CONSTRAINT "incident_reports_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_of_report" ON "corrections" USING btree ("report");--> statement-breakpoint
CREATE INDEX "corrections_pending" ON "corrections" USING btree ("after","seq") WHERE "corrections"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "incident_reports_of_incident" ON "incident_reports" USING btree ("incident");--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_revises" FOREIGN KEY ("revises") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "updates_correction" ON "updates" USING btree ("correction") WHERE "updates"."correction" is not null;--> statement-breakpoint
CREATE INDEX "reports_url" ON "reports" USING btree (md5("url"),"seq") WHERE "reports"."url" is not null;--> statement-breakpoint
CREATE INDEX "reports_guid" ON "reports" USING btree ("source",md5("guid"),"seq") WHERE "reports"."guid" is not null;--> statement-breakpoint
CREATE INDEX "reports_prefix" ON "reports" USING btree ("id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "reports_copies" ON "reports" USING btree ("copy_of") WHERE "reports"."copy_of" is not null;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_notice" CHECK ("reports"."notice" in ('correction', 'retraction'));--> statement-breakpoint
INSERT INTO "incident_reports" ("report", "incident")
SELECT DISTINCT claim->>'report', "incidents"."id"
FROM "incidents",
  jsonb_array_elements("incidents"."document"->'facts') AS fact,
  jsonb_array_elements(fact->'claims') AS claim;
