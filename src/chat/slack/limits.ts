/** What Slack takes in one message or view (docs.slack.dev/reference/block-kit; lengths in UTF-16 units). */
export const LIMITS = {
  blocks: 50,
  viewBlocks: 100,
  /** Plain text of a header block. */
  header: 150,
  /** Any text object in a block. */
  text: 3_000,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  /** A choice of a select: its text, its value. */
  option: 75,
  options: 100,
  /** Top-level text of a message: truncated past 40,000, best kept under this (chat.postMessage, "Truncating content"). */
  fallback: 4_000,
  /**
   * All blocks of a message together. Not documented: past some 13,200 characters Slack answers `msg_blocks_too_long`
   * (slackapi/bolt-js issue 2509).
   */
  allBlocks: 12_000,
  /** Metadata of a message (docs.slack.dev/messaging/message-metadata): 8 kB. */
  metadata: 8_000,
} as const;
