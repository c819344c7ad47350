import pg from 'pg';

/**
 * One connection that is kept beside the pool, made when it is first needed and again after it was lost: for what
 * belongs to a session (advisory locks, LISTEN).
 */
export class Session {
  readonly #connectionString: string;
  readonly #onLost: () => void;
  #connecting: Promise<pg.Client> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(connectionString: string, onLost: () => void) {
    this.#connectionString = connectionString;
    this.#onLost = onLost;
  }

  client(): Promise<pg.Client> {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  /** One query after the other, as one connection takes them. */
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    const answer = this.#turn.then(async () => (await this.client()).query<Row>(text, values));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    const connecting = this.#connecting;
    this.#connecting = undefined;
    await (await connecting?.catch(() => undefined))?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'sitrep session',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    const mine = (): Promise<pg.Client> | undefined => this.#connecting;
    try {
      await client.connect();
    } catch (error) {
      this.#connecting = undefined;
      throw error;
    }
    const connecting = mine();
    client.once('end', () => {
      if (this.#connecting !== connecting) return;
      this.#connecting = undefined;
      this.#onLost();
    });
    return client;
  }
}
