import { and, eq, inArray, isNotNull, lt, notExists, or, sql, type Column, type SQL } from 'drizzle-orm';
import type { Platform } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { installations, organisationWorkspaces } from './schema/apps.ts';
import { destinations } from './schema/telling.ts';

/** An app's installation as it is kept: its tokens are sealed by who keeps them. */
interface KeptInstallation {
  /** A workspace, or an organisation with all its workspaces. */
  readonly workspace: string;
  readonly sealed: string;
  /** When its token ends; absent: never. */
  readonly expires?: Instant;
}

export interface AppRepository {
  /** Of the workspace, else of the organisation that it belongs to. */
  installation(platform: Platform, workspace: string): Promise<KeptInstallation | undefined>;
  saveInstallation(platform: Platform, installation: KeptInstallation, at: Instant): Promise<void>;
  /** Changes one while nobody else does; nothing when it is gone, or `change` gives nothing. */
  changeInstallation(
    platform: Platform,
    workspace: string,
    change: (kept: KeptInstallation) => Promise<KeptInstallation | undefined>,
  ): Promise<KeptInstallation | undefined>;
  deleteInstallation(platform: Platform, workspace: string): Promise<void>;
  installationsEnding(platform: Platform, before: Instant): Promise<readonly KeptInstallation[]>;
  /** The workspace is one of the organisation's. */
  joinOrganisation(platform: Platform, workspace: string, organisation: string): Promise<void>;
  /** It no longer is. */
  leaveOrganisation(platform: Platform, workspace: string): Promise<void>;
  /**
   * Lets all destinations of a workspace, or of all workspaces of an organisation, be sent to again. `reason`: only those
   * that were disabled for it, as their reason begins.
   */
  enableWorkspace(platform: Platform, workspace: string, reason?: string): Promise<void>;
}

const toKept = ({ workspace, sealed, expires }: typeof installations.$inferSelect): KeptInstallation => ({
  workspace,
  sealed,
  ...(expires !== null && { expires }),
});

const isInstallation = (platform: Platform, workspace: string | Column) =>
  and(eq(installations.platform, platform), eq(installations.workspace, workspace));

async function find(
  db: Database,
  platform: Platform,
  workspace: string,
): Promise<KeptInstallation | undefined> {
  const [own] = await db.select().from(installations).where(isInstallation(platform, workspace));
  if (own) return toKept(own);
  const [joined] = await db
    .select({ installation: installations })
    .from(organisationWorkspaces)
    .innerJoin(
      installations,
      and(
        eq(installations.platform, organisationWorkspaces.platform),
        eq(installations.workspace, organisationWorkspaces.organisation),
      ),
    )
    .where(
      and(eq(organisationWorkspaces.platform, platform), eq(organisationWorkspaces.workspace, workspace)),
    );
  return joined && toKept(joined.installation);
}

export function appRepository(db: Database): AppRepository {
  return {
    installation: (platform, workspace) => find(db, platform, workspace),
    saveInstallation: async (platform, { workspace, sealed, expires }, at) => {
      const values = { sealed, expires: expires ?? null, installed: at };
      await db
        .insert(installations)
        .values({ platform, workspace, ...values })
        .onConflictDoUpdate({ target: [installations.platform, installations.workspace], set: values });
    },
    changeInstallation: (platform, workspace, change) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .select()
          .from(installations)
          .where(isInstallation(platform, workspace))
          .for('update');
        if (!row) return undefined;
        const changed = await change(toKept(row));
        if (!changed) return toKept(row);
        await tx
          .update(installations)
          .set({ sealed: changed.sealed, expires: changed.expires ?? null })
          .where(isInstallation(platform, workspace));
        return changed;
      }),
    deleteInstallation: async (platform, workspace) => {
      await db.delete(installations).where(isInstallation(platform, workspace));
    },
    installationsEnding: async (platform, before) =>
      (
        await db
          .select()
          .from(installations)
          .where(
            and(
              eq(installations.platform, platform),
              isNotNull(installations.expires),
              lt(installations.expires, before),
            ),
          )
      ).map(toKept),
    joinOrganisation: async (platform, workspace, organisation) => {
      await db
        .insert(organisationWorkspaces)
        .values({ platform, workspace, organisation })
        .onConflictDoUpdate({
          target: [organisationWorkspaces.platform, organisationWorkspaces.workspace],
          set: { organisation },
        });
    },
    leaveOrganisation: async (platform, workspace) => {
      await db
        .delete(organisationWorkspaces)
        .where(
          and(eq(organisationWorkspaces.platform, platform), eq(organisationWorkspaces.workspace, workspace)),
        );
    },
    enableWorkspace: async (platform, workspace, reason = '') => {
      await db
        .update(destinations)
        .set({ disabled: null, disabledAt: null })
        .where(
          and(
            isNotNull(destinations.disabled),
            sql`starts_with(${destinations.disabled}, ${reason})`,
            isIn(db, platform, workspace),
          ),
        );
    },
  };
}

/**
 * Whether a destination is in a workspace; of an organisation in any of its workspaces, but for those that installed the
 * app for themselves too.
 */
export function isIn(db: Database, platform: Platform, workspace: string): SQL | undefined {
  const own = db
    .select({ workspace: installations.workspace })
    .from(installations)
    .where(isInstallation(platform, organisationWorkspaces.workspace));
  const ofOrganisation = db
    .select({ workspace: organisationWorkspaces.workspace })
    .from(organisationWorkspaces)
    .where(
      and(
        eq(organisationWorkspaces.platform, platform),
        eq(organisationWorkspaces.organisation, workspace),
        notExists(own),
      ),
    );
  return and(
    eq(destinations.platform, platform),
    or(eq(destinations.workspace, workspace), inArray(destinations.workspace, ofOrganisation)),
  );
}
