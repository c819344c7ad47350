/** "Send to Sitrep": from anywhere, and on a message. Their ids stand in the manifest. */
export const SHORTCUTS = { anywhere: 'sitrep_report', message: 'sitrep_report_message' } as const;
