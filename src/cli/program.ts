import { Command, Option } from 'commander';

interface Json {
  readonly json?: true;
}

/**
 * The `sitrep` command. Each subcommand's file is loaded when it is called, so that `--help` and `extract` do not wait
 * for the database driver.
 */
export function buildProgram(): Command {
  const program = new Command('sitrep')
    .description(
      'Watches reports on armed conflict and tells who controls which place and who left from where.',
    )
    .showHelpAfterError('(run with --help to see what it takes)')
    .configureHelp({ showGlobalOptions: true });

  program
    .command('start')
    .description('run the bot: sources, reading, judging, telling and the web desk')
    .addOption(
      new Option(
        '--role <role>',
        'all: everything; worker: only reading, judging and telling (needs DATABASE_URL)',
      )
        .choices(['all', 'worker'])
        .default('all'),
    )
    .action(async (options: { role: 'all' | 'worker' }) => (await import('./start.ts')).start(options));

  program
    .command('demo')
    .description('run the bot on sample reports, in a data folder of its own')
    .option('--pace <seconds>', 'seconds between two sample reports', '2.5')
    .action(async (options: { pace: string }) => (await import('./demo.ts')).demo(options));

  program
    .command('report')
    .description(
      'accept reports from files (text, Markdown, HTML, JSON, JSON Lines), or from standard input with -',
    )
    .argument('<file...>')
    .option('--source <name>', 'source that they come from, when the file does not say')
    .option('--published <date>', 'when they were published, when the file does not say (2018-05-20)')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: Json & { source?: string; published?: string }) =>
      (await import('./report.ts')).report(files, options),
    );

  program
    .command('extract')
    .description('read reports, a JSON object a line, and print the statements found in each')
    .requiredOption('--jsonl', 'JSON Lines on standard input and output')
    .action(async () => (await import('./extract.ts')).extractLines());

  program
    .command('explain')
    .description('print a text with what was found in it, by which rule, and what was dropped and why')
    .argument('<file>', 'a file as the inbox takes it, or - for standard input')
    .option('--published <date>', 'when it was published (default: as the file says, else now)')
    .option('--judged', 'also what comes of each statement, as if nothing but the file were known, and why')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Json & { published?: string; judged?: true }) =>
      (await import('./explain.ts')).explainFile(file, options),
    );

  program
    .command('replay')
    .description(
      'run reports, a JSON object a line, through the whole pipeline in time order, into a store that is gone afterwards',
    )
    .requiredOption('--jsonl', 'JSON Lines on standard input and output')
    .option('--subscriptions <file>', 'JSON: [{"channel", "place", "kinds"?, "standing"?, "mode"?, "past"?}]')
    .action(async (options: { subscriptions?: string }) => (await import('./replay.ts')).replay(options));

  program
    .command('gazetteer')
    .description('places that Sitrep knows')
    .command('import')
    .description(
      'bring in places from GeoNames dumps (XX.txt, alternateNamesV2.txt, admin1CodesASCII.txt) and OCHA COD-AB tables',
    )
    .argument('<file...>')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: Json) =>
      (await import('./gazetteer.ts')).importPlaces(files, options),
    );

  program
    .command('retract')
    .description('take a report back: what was told on its word is put right everywhere')
    .argument('<report>', 'its id, the beginning of it, or its address')
    .requiredOption('--reason <text>', 'why, as readers are told')
    .option('--by <name>', 'who takes it back (default: your login name)')
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--json', 'print JSON')
    .action(async (report: string, options: Json & { reason: string; by?: string; dryRun?: true }) =>
      (await import('./retract.ts')).retract(report, options),
    );

  program
    .command('corrections')
    .description('reports that were taken back or revised, and how many copies were put right')
    .option('--all', 'also revisions that changed nothing that was told')
    .option('--json', 'print JSON')
    .action(async (options: Json & { all?: true }) =>
      (await import('./corrections.ts')).corrections(options),
    );

  program
    .command('status')
    .description('who holds a place, and all that lies in it')
    .argument('<place...>', 'in any spelling or script')
    .option('--at <date>', 'what held on this day (2018-06-01)')
    .option('--known <date>', 'as it was known on this day')
    .option('--json', 'print JSON')
    .action(async (place: string[], options: Json & { at?: string; known?: string }) =>
      (await import('./status.ts')).status(place.join(' '), options),
    );

  program
    .command('timeline')
    .description('what happened in a place and what lies in it, in order')
    .argument('<place...>', 'in any spelling or script')
    .option('--days <number>', 'only of so many days')
    .option('--json', 'print JSON')
    .action(async (place: string[], options: Json & { days?: string }) =>
      (await import('./ask.ts')).timeline(place.join(' '), options),
    );

  program
    .command('evidence')
    .description('what each clause of an alert stands on')
    .argument('<incident>', 'its short name, as alerts give it (k7f3qa), or its id')
    .option('--json', 'print JSON')
    .action(async (incident: string, options: Json) =>
      (await import('./ask.ts')).evidence(incident, options),
    );

  program
    .command('why-not')
    .description('why a report gave no alert: where on its way it ended, and by which rule')
    .argument('<report>', 'its address or its id')
    .option('--channel <name>', 'channel of the desk in which it was expected')
    .option('--json', 'print JSON')
    .action(async (report: string, options: Json & { channel?: string }) =>
      (await import('./ask.ts')).whyNot(report, options),
    );

  program
    .command('trust')
    .description(
      'mark a channel as told in full what could put people in danger; without one, list those that are',
    )
    .argument('[channel]', 'its name or id')
    .option('--off', 'take the mark away')
    .option('--by <name>', 'who decides so (default: your login name)')
    .option('--json', 'print JSON')
    .action(async (channel: string | undefined, options: Json & { off?: true; by?: string }) =>
      (await import('./trust.ts')).trust(channel, options),
    );

  program
    .command('audit')
    .description('who did what when, of all that changes what readers are told')
    .argument('[subject]', 'a channel, a happening by its short name, or a report; without one all of it')
    .option('--json', 'print JSON')
    .action(async (subject: string | undefined, options: Json) =>
      (await import('./audit.ts')).audit(subject, options),
    );

  program
    .command('check-config')
    .description('check config/*.yaml and the environment')
    .option('--json', 'print JSON')
    .action(async (options: Json) => (await import('./check-config.ts')).checkConfig(options));

  program
    .command('doctor')
    .description('what is set up, reachable, behind or failing, and what to do about it')
    .option('--json', 'print JSON')
    .option('--quiet', 'print nothing but what is wrong')
    .action(async (options: Json & { quiet?: true }) => (await import('./doctor.ts')).doctor(options));

  program
    .command('discord')
    .description('Sitrep as a Discord app')
    .command('register')
    .description('register the commands with Discord; again after an update that changed them')
    .option('--dry-run', 'print what would be registered, and register nothing')
    .option('--guild <id>', 'for one server alone, where changes show at once')
    .option('--json', 'print JSON')
    .action(async (options: Json & { dryRun?: true; guild?: string }) =>
      (await import('./discord.ts')).registerCommands(options),
    );

  program
    .command('slack')
    .description('Sitrep as a Slack app')
    .command('manifest')
    .description('print the app’s manifest, to paste at api.slack.com/apps, "From a manifest"')
    .option(
      '--public-url <url>',
      'for HTTP: where Slack reaches this app; without it the app is for Socket Mode',
    )
    .action(async (options: { publicUrl?: string }) => {
      (await import('./slack.ts')).manifest(options);
    });

  program
    .command('requeue')
    .description('have quarantined reports read again')
    .argument('[report...]', 'ids of reports, as doctor and the desk show them; none: all of them')
    .option('--json', 'print JSON')
    .action(async (reports: string[], options: Json) =>
      (await import('./requeue.ts')).requeue(reports, options),
    );

  return program;
}
