import { html as template } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is ready to be sent. Only `html` makes it. */
export type Html = HtmlEscapedString;

/**
 * Template tag: every value that is not itself `Html` is escaped. hono's tag may answer with a promise when a value is
 * one; here none ever is.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly unknown[]): Html =>
  template(strings, ...values) as HtmlEscapedString;
