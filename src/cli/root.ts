import { fileURLToPath } from 'node:url';

/** Folder that holds `config/`. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
