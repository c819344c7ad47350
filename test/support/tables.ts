/** Tables that grow with every report, and are never read through. */
export const GROWING: ReadonlySet<string> = new Set([
  'reports',
  'report_bands',
  'statements',
  'incidents',
  'incident_blocks',
  'incident_places',
  'incident_reports',
  'updates',
  'decisions',
  'control_entries',
  'threads',
  'deliveries',
  'desk_messages',
  'corrections',
  'audit',
]);
