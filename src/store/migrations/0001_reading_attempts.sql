ALTER TABLE "reports" ADD COLUMN "reader" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "deaths" integer DEFAULT 0 NOT NULL;