import { defineConfig } from 'drizzle-kit';

// After a change to src/store/schema: `npx drizzle-kit generate --name what_changed`. Migrations only go forward.
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/schema/*.ts',
  out: './src/store/migrations',
  casing: 'snake_case',
});
