import { ButtonStyle, ComponentType, TextInputStyle } from 'discord.js';
import { emptyMessage, invalidForm } from './errors.ts';

/** JSON as it comes over the wire, before anything of it is known. */
export type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gathers what is wrong with a form, as Discord answers it. Lengths are counted in Unicode characters. */
export class Form {
  readonly #errors: Record<string, string> = {};

  wrong(path: string, why: string): void {
    this.#errors[path] ??= why;
  }

  text(
    path: string,
    value: unknown,
    { min = 1, max, required = false }: { min?: number; max: number; required?: boolean },
  ): number {
    if (value === undefined || value === null) {
      if (required) this.wrong(path, 'This field is required');
      return 0;
    }
    if (typeof value !== 'string') {
      this.wrong(path, 'Must be a string');
      return 0;
    }
    const length = Array.from(value.trim()).length;
    if (length < min) this.wrong(path, `Must be ${min} or more in length.`);
    if (length > max) this.wrong(path, `Must be ${max} or fewer in length.`);
    if (!value.isWellFormed()) this.wrong(path, 'Is not well-formed');
    return length;
  }

  list(path: string, value: unknown, max: number): readonly Json[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every(isRecord)) {
      this.wrong(path, 'Must be a list of objects');
      return [];
    }
    if (value.length > max) this.wrong(path, `Must be ${max} or fewer in length.`);
    return value;
  }

  only(path: string, value: Json, keys: readonly string[]): void {
    for (const key of Object.keys(value))
      if (!keys.includes(key)) this.wrong(`${path}.${key}`, 'Is no field of this object');
  }

  done(): void {
    if (Object.keys(this.#errors).length > 0) throw invalidForm(this.#errors);
  }
}

/** "Embed Limits": 6,000 characters of title, description, field names and values, footer and author over all embeds. */
const EMBEDS_IN_ALL = 6000;

const webAddress = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 2048 && /^https?:$/.test(URL.parse(value)?.protocol ?? '');

function embed(form: Form, path: string, value: Json): number {
  form.only(path, value, [
    'title',
    'description',
    'url',
    'color',
    'fields',
    'footer',
    'author',
    'timestamp',
    'type',
  ]);
  if (value['url'] !== undefined && !webAddress(value['url']))
    form.wrong(`${path}.url`, 'Not a well formed URL.');
  const color = value['color'];
  if (
    color !== undefined &&
    !(Number.isInteger(color) && (color as number) >= 0 && (color as number) <= 0xffffff)
  )
    form.wrong(`${path}.color`, 'int value should be between 0 and 16777215');
  const footer = value['footer'];
  const author = value['author'];
  let length =
    form.text(`${path}.title`, value['title'], { max: 256 }) +
    form.text(`${path}.description`, value['description'], { max: 4096 }) +
    (isRecord(footer) ? form.text(`${path}.footer.text`, footer['text'], { max: 2048, required: true }) : 0) +
    (isRecord(author) ? form.text(`${path}.author.name`, author['name'], { max: 256, required: true }) : 0);
  for (const [index, field] of form.list(`${path}.fields`, value['fields'], 25).entries()) {
    const at = `${path}.fields.${index}`;
    form.only(at, field, ['name', 'value', 'inline']);
    length +=
      form.text(`${at}.name`, field['name'], { max: 256, required: true }) +
      form.text(`${at}.value`, field['value'], { max: 1024, required: true });
  }
  return length;
}

interface Ids {
  readonly seen: Set<string>;
}

function customId(form: Form, path: string, value: unknown, { seen }: Ids): void {
  form.text(`${path}.custom_id`, value, { max: 100, required: true });
  if (typeof value !== 'string') return;
  if (seen.has(value)) form.wrong(`${path}.custom_id`, 'Component custom id cannot be duplicated');
  seen.add(value);
}

function button(form: Form, path: string, value: Json, ids: Ids): void {
  form.only(path, value, ['type', 'style', 'label', 'custom_id', 'url', 'disabled', 'id']);
  form.text(`${path}.label`, value['label'], { max: 80, required: true });
  if (value['style'] === ButtonStyle.Link) {
    const url = value['url'];
    if (!webAddress(url) || (url as string).length > 512) form.wrong(`${path}.url`, 'Not a well formed URL.');
    if (value['custom_id'] !== undefined) form.wrong(`${path}.custom_id`, 'A link has none');
    return;
  }
  const style = value['style'];
  if (typeof style !== 'number' || style < 1 || style > 4)
    form.wrong(`${path}.style`, 'Value must be one of {1, 2, 3, 4, 5}.');
  if (value['url'] !== undefined) form.wrong(`${path}.url`, 'Only a link has one');
  customId(form, path, value['custom_id'], ids);
}

/** At most five rows of at most five buttons; custom ids are unique in a message. */
function messageComponents(form: Form, value: unknown): void {
  const ids: Ids = { seen: new Set() };
  for (const [row, { type, components }] of form.list('components', value, 5).entries()) {
    const path = `components.${row}`;
    if (type !== ComponentType.ActionRow) form.wrong(`${path}.type`, 'Value must be one of {1}.');
    const buttons = form.list(`${path}.components`, components, 5);
    if (buttons.length === 0) form.wrong(`${path}.components`, 'This field is required');
    for (const [at, one] of buttons.entries()) {
      if (one['type'] === ComponentType.Button) button(form, `${path}.components.${at}`, one, ids);
      else form.wrong(`${path}.components.${at}.type`, 'Value must be one of {2}.');
    }
  }
}

function mentions(form: Form, value: unknown): void {
  // Discord takes a message without them, and then pings whoever it names: nothing that Sitrep sends may.
  if (
    !isRecord(value) ||
    !Array.isArray(value['parse']) ||
    value['parse'].length > 0 ||
    Object.keys(value).some((key) => key !== 'parse')
  )
    form.wrong('allowed_mentions', 'Sitrep mentions nobody: {"parse": []}');
}

const MESSAGE = [
  'content',
  'embeds',
  'components',
  'allowed_mentions',
  'flags',
  'nonce',
  'enforce_nonce',
  'message_reference',
];

/** A message as it is posted or edited. @throws Refusal */
export function checkMessage(body: Json, kind: 'post' | 'edit' | 'answer'): void {
  const form = new Form();
  form.only('message', body, kind === 'post' ? MESSAGE : MESSAGE.slice(0, 5));
  form.text('content', body['content'], { min: 0, max: 2000 });
  const embeds = form.list('embeds', body['embeds'], 10);
  const length = embeds.reduce((sum, one, index) => sum + embed(form, `embeds.${index}`, one), 0);
  if (length > EMBEDS_IN_ALL) form.wrong('embeds', 'Embed size exceeds maximum size of 6000');
  messageComponents(form, body['components']);
  mentions(form, body['allowed_mentions']);
  if (kind === 'post') {
    form.text('nonce', body['nonce'], { max: 25, required: true });
    if (body['enforce_nonce'] !== true) form.wrong('enforce_nonce', 'Sitrep relies on it');
  }
  form.done();
  if (((body['content'] as string | undefined) ?? '') === '' && embeds.length === 0) throw emptyMessage();
}

function textInput(form: Form, path: string, input: Json, ids: Ids): void {
  form.only(path, input, [
    'type',
    'custom_id',
    'style',
    'min_length',
    'max_length',
    'required',
    'value',
    'placeholder',
  ]);
  customId(form, path, input['custom_id'], ids);
  form.text(`${path}.placeholder`, input['placeholder'], { max: 100 });
  form.text(`${path}.value`, input['value'], { max: 4000 });
  const { style, max_length: most } = input as { style?: unknown; max_length?: unknown };
  if (style !== TextInputStyle.Short && style !== TextInputStyle.Paragraph)
    form.wrong(`${path}.style`, 'Value must be one of {1, 2}.');
  if (most !== undefined && !(Number.isInteger(most) && (most as number) >= 1 && (most as number) <= 4000))
    form.wrong(`${path}.max_length`, 'int value should be between 1 and 4000.');
}

/** One to 25 choices; labels and values of at most 100 characters, and each value once. */
function stringSelect(form: Form, path: string, input: Json, ids: Ids): void {
  form.only(path, input, [
    'type',
    'custom_id',
    'options',
    'placeholder',
    'min_values',
    'max_values',
    'required',
  ]);
  customId(form, path, input['custom_id'], ids);
  form.text(`${path}.placeholder`, input['placeholder'], { max: 150 });
  const options = form.list(`${path}.options`, input['options'], 25);
  if (options.length === 0) form.wrong(`${path}.options`, 'This field is required');
  for (const [at, option] of options.entries()) {
    form.text(`${path}.options.${at}.label`, option['label'], { max: 100, required: true });
    form.text(`${path}.options.${at}.value`, option['value'], { max: 100, required: true });
  }
  if (new Set(options.map(({ value }) => value)).size < options.length)
    form.wrong(`${path}.options`, 'The specified option value is already used');
  const most = (input['max_values'] ?? 1) as number;
  if (!(most >= 1 && most <= options.length)) form.wrong(`${path}.max_values`, 'More than there are options');
}

/**
 * A form that a command opens: title up to 45 characters, one to five labels with one input each. Rows of components are
 * deprecated there. @throws Refusal
 */
export function checkModal(body: Json): void {
  const form = new Form();
  const ids: Ids = { seen: new Set() };
  form.text('title', body['title'], { max: 45, required: true });
  customId(form, 'modal', body['custom_id'], ids);
  const labels = form.list('components', body['components'], 5);
  if (labels.length === 0) form.wrong('components', 'This field is required');
  for (const [at, label] of labels.entries()) {
    const path = `components.${at}`;
    form.only(path, label, ['type', 'label', 'description', 'component', 'id']);
    if (label['type'] !== ComponentType.Label) form.wrong(`${path}.type`, 'Value must be one of {18}.');
    form.text(`${path}.label`, label['label'], { max: 45, required: true });
    form.text(`${path}.description`, label['description'], { max: 100 });
    const input = isRecord(label['component']) ? label['component'] : {};
    if (input['type'] === ComponentType.TextInput) textInput(form, `${path}.component`, input, ids);
    else if (input['type'] === ComponentType.StringSelect)
      stringSelect(form, `${path}.component`, input, ids);
    else form.wrong(`${path}.component.type`, 'Value must be one of {3, 4}.');
  }
  form.done();
}

/** Choices of an autocomplete: at most 25, names and values of 1 to 100 characters. @throws Refusal */
export function checkChoices(body: Json): void {
  const form = new Form();
  for (const [index, choice] of form.list('choices', body['choices'], 25).entries()) {
    form.text(`choices.${index}.name`, choice['name'], { max: 100, required: true });
    form.text(`choices.${index}.value`, choice['value'], { max: 100, required: true });
  }
  form.done();
}
