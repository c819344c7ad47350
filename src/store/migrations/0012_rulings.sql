CREATE TABLE "ruled_accounts" (
	"ruling" text NOT NULL,
	"side" text NOT NULL,
	"statement" text NOT NULL,
	"account" text NOT NULL,
	CONSTRAINT "ruled_accounts_ruling_account_pk" PRIMARY KEY("ruling","account"),
	CONSTRAINT "ruled_accounts_side" CHECK ("ruled_accounts"."side" in ('one', 'other'))
);
--> statement-breakpoint
CREATE TABLE "rulings" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "rulings_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"incident" text NOT NULL,
	"other" text,
	"statements" text[] NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"requested" timestamp (3) with time zone NOT NULL,
	"after" bigint NOT NULL,
	"state" text NOT NULL,
	"applied" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"error" text,
	"due_at" timestamp (3) with time zone,
	CONSTRAINT "rulings_seq" UNIQUE("seq"),
	CONSTRAINT "rulings_kind" CHECK ("rulings"."kind" in ('same', 'apart')),
	CONSTRAINT "rulings_other" CHECK (("rulings"."kind" = 'same') = ("rulings"."other" is not null)),
	CONSTRAINT "rulings_state" CHECK ("rulings"."state" in ('pending', 'applied', 'failed')),
	CONSTRAINT "rulings_applied" CHECK (("rulings"."state" = 'applied') = ("rulings"."applied" is not null))
);
--> statement-breakpoint
ALTER TABLE "ruled_accounts" ADD CONSTRAINT "ruled_accounts_ruling_rulings_id_fk" FOREIGN KEY ("ruling") REFERENCES "public"."rulings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruled_accounts" ADD CONSTRAINT "ruled_accounts_statement_statements_id_fk" FOREIGN KEY ("statement") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_other_incidents_id_fk" FOREIGN KEY ("other") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ruled_accounts_statement" ON "ruled_accounts" USING btree ("statement");--> statement-breakpoint
CREATE INDEX "rulings_pending" ON "rulings" USING btree ("after","seq") WHERE "rulings"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "incidents_absorbed" ON "incidents" USING btree (("document"->>'mergedInto')) WHERE "incidents"."document"->>'mergedInto' is not null;