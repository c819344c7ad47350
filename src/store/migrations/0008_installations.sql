CREATE TABLE "installations" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"sealed" text NOT NULL,
	"expires" timestamp (3) with time zone,
	"installed" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installations_platform_workspace_pk" PRIMARY KEY("platform","workspace")
);
--> statement-breakpoint
CREATE TABLE "organisation_workspaces" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"organisation" text NOT NULL,
	CONSTRAINT "organisation_workspaces_platform_workspace_pk" PRIMARY KEY("platform","workspace")
);
--> statement-breakpoint
ALTER TABLE "chat_events" ADD COLUMN "done" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "installations_expiring" ON "installations" USING btree ("platform","expires") WHERE "installations"."expires" is not null;--> statement-breakpoint
CREATE INDEX "organisation_workspaces_of" ON "organisation_workspaces" USING btree ("platform","organisation");