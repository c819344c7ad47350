// Block Kit as Slack checks it (docs.slack.dev/reference/block-kit), for what this project sends. What is not listed here is
// refused too, so that a new kind of block brings its rules with it. Numbers are written out: they must not come from the code
// under test.

type Json = Readonly<Record<string, unknown>>;
type Surface = 'message' | 'modal' | 'home';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collects what is wrong, with the place where it is. */
class Problems {
  readonly found: string[] = [];
  readonly actionIds = new Set<string>();
  readonly blockIds = new Set<string>();

  add(at: string, what: string): void {
    this.found.push(`${what} [json-pointer:${at}]`);
  }

  /** The value when it is a string of that length. */
  text(at: string, value: unknown, max: number, min = 1): string | undefined {
    if (typeof value !== 'string') {
      this.add(at, 'must be a string');
      return undefined;
    }
    if (value.length > max) this.add(at, `must be less than ${max + 1} characters`);
    if (value.length < min) this.add(at, `must be more than ${min - 1} characters`);
    return value;
  }

  list(at: string, value: unknown, max: number, min = 1): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.add(at, 'must be an array');
      return [];
    }
    if (value.length > max) this.add(at, `no more than ${max} items allowed`);
    if (value.length < min) this.add(at, `no fewer than ${min} items allowed`);
    return value as readonly unknown[];
  }

  only(at: string, value: Json, keys: readonly string[]): void {
    for (const key of Object.keys(value))
      if (!keys.includes(key)) this.add(`${at}/${key}`, `invalid additional property: ${key}`);
  }
}

function textObject(p: Problems, at: string, value: unknown, max: number, type?: 'plain_text'): void {
  if (!isObject(value)) {
    p.add(at, 'missing required field: text');
    return;
  }
  if (value['type'] !== 'plain_text' && (type !== undefined || value['type'] !== 'mrkdwn'))
    p.add(at, 'unsupported type of text');
  p.only(at, value, value['type'] === 'mrkdwn' ? ['type', 'text', 'verbatim'] : ['type', 'text', 'emoji']);
  p.text(`${at}/text`, value['text'], max);
}

function actionId(p: Problems, at: string, value: unknown): void {
  const id = p.text(`${at}/action_id`, value, 255);
  if (id === undefined) return;
  if (p.actionIds.has(`${at.split('/').slice(0, 3).join('/')} ${id}`))
    p.add(at, `duplicate action_id: ${id}`);
  p.actionIds.add(`${at.split('/').slice(0, 3).join('/')} ${id}`);
}

function option(p: Problems, at: string, value: unknown): void {
  if (!isObject(value)) {
    p.add(at, 'must be an option');
    return;
  }
  p.only(at, value, ['text', 'value', 'description']);
  textObject(p, `${at}/text`, value['text'], 75, 'plain_text');
  p.text(`${at}/value`, value['value'], 150);
  if (value['description'] !== undefined)
    textObject(p, `${at}/description`, value['description'], 75, 'plain_text');
}

const ELEMENTS: Readonly<Record<string, (p: Problems, at: string, element: Json) => void>> = {
  button: (p, at, e) => {
    p.only(at, e, ['type', 'text', 'action_id', 'url', 'value', 'style', 'confirm', 'accessibility_label']);
    textObject(p, `${at}/text`, e['text'], 75, 'plain_text');
    actionId(p, at, e['action_id']);
    if (e['value'] !== undefined) p.text(`${at}/value`, e['value'], 2000);
    if (e['url'] !== undefined) url(p, `${at}/url`, e['url']);
    if (e['style'] !== undefined && e['style'] !== 'primary' && e['style'] !== 'danger')
      p.add(`${at}/style`, 'invalid style');
  },
  plain_text_input: (p, at, e) => {
    p.only(at, e, [
      'type',
      'action_id',
      'initial_value',
      'multiline',
      'min_length',
      'max_length',
      'placeholder',
      'focus_on_load',
    ]);
    actionId(p, at, e['action_id']);
    if (e['initial_value'] !== undefined) p.text(`${at}/initial_value`, e['initial_value'], 3000, 0);
    if (e['max_length'] !== undefined && !(Number(e['max_length']) >= 1 && Number(e['max_length']) <= 3000))
      p.add(`${at}/max_length`, 'must be between 1 and 3000');
    if (e['placeholder'] !== undefined)
      textObject(p, `${at}/placeholder`, e['placeholder'], 150, 'plain_text');
  },
  url_text_input: (p, at, e) => {
    p.only(at, e, ['type', 'action_id', 'initial_value', 'placeholder', 'focus_on_load']);
    actionId(p, at, e['action_id']);
  },
  external_select: (p, at, e) => {
    p.only(at, e, [
      'type',
      'action_id',
      'placeholder',
      'min_query_length',
      'initial_option',
      'focus_on_load',
    ]);
    actionId(p, at, e['action_id']);
    if (e['placeholder'] !== undefined)
      textObject(p, `${at}/placeholder`, e['placeholder'], 150, 'plain_text');
    if (e['initial_option'] !== undefined) option(p, `${at}/initial_option`, e['initial_option']);
  },
  static_select: (p, at, e) => {
    p.only(at, e, ['type', 'action_id', 'placeholder', 'options', 'initial_option', 'focus_on_load']);
    actionId(p, at, e['action_id']);
    p.list(`${at}/options`, e['options'], 100).forEach((one, i) => option(p, `${at}/options/${i}`, one));
    if (e['initial_option'] !== undefined) option(p, `${at}/initial_option`, e['initial_option']);
  },
  multi_static_select: (p, at, e) => {
    p.only(at, e, ['type', 'action_id', 'placeholder', 'options', 'max_selected_items']);
    actionId(p, at, e['action_id']);
    p.list(`${at}/options`, e['options'], 100).forEach((one, i) => option(p, `${at}/options/${i}`, one));
  },
  conversations_select: (p, at, e) => {
    p.only(at, e, [
      'type',
      'action_id',
      'placeholder',
      'initial_conversation',
      'default_to_current_conversation',
      'filter',
    ]);
    actionId(p, at, e['action_id']);
  },
};

function element(p: Problems, at: string, value: unknown): void {
  if (!isObject(value)) {
    p.add(at, 'must be an element');
    return;
  }
  const check = ELEMENTS[String(value['type'])];
  if (!check) {
    p.add(at, `unsupported element type: ${String(value['type'])}`);
    return;
  }
  check(p, at, value);
}

function url(p: Problems, at: string, value: unknown): void {
  const text = p.text(at, value, 3000);
  if (text !== undefined && !/^https?:\/\/[^\s<>|]+$/u.test(text)) p.add(at, 'must be a valid URL');
}

const RICH: Readonly<Record<string, (p: Problems, at: string, element: Json) => void>> = {
  text: (p, at, e) => {
    p.only(at, e, ['type', 'text', 'style']);
    p.text(`${at}/text`, e['text'], 12_000);
  },
  link: (p, at, e) => {
    p.only(at, e, ['type', 'url', 'text', 'unsafe', 'style']);
    url(p, `${at}/url`, e['url']);
  },
  date: (p, at, e) => {
    p.only(at, e, ['type', 'timestamp', 'format', 'url', 'fallback', 'style']);
    if (!Number.isInteger(e['timestamp'])) p.add(`${at}/timestamp`, 'must be an integer');
    if (!/\{\w+\}/u.test(String(e['format']))) p.add(`${at}/format`, 'must have a token');
  },
};

function richElements(p: Problems, at: string, value: unknown): void {
  p.list(at, value, 1000).forEach((one, i) => {
    const where = `${at}/${i}`;
    if (!isObject(one)) {
      p.add(where, 'must be an element');
      return;
    }
    const check = RICH[String(one['type'])];
    if (!check) {
      p.add(where, `unsupported rich text element: ${String(one['type'])}`);
      return;
    }
    check(p, where, one);
  });
}

function richBlock(p: Problems, at: string, value: unknown): void {
  if (!isObject(value)) {
    p.add(at, 'must be an element');
    return;
  }
  const type = String(value['type']);
  if (type === 'rich_text_list') {
    if (value['style'] !== 'bullet' && value['style'] !== 'ordered') p.add(`${at}/style`, 'invalid style');
    p.list(`${at}/elements`, value['elements'], 1000).forEach((one, i) =>
      richBlock(p, `${at}/elements/${i}`, one),
    );
    return;
  }
  if (!['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'].includes(type))
    p.add(at, `unsupported rich text: ${type}`);
  richElements(p, `${at}/elements`, value['elements']);
}

const BLOCKS: Readonly<Record<string, (p: Problems, at: string, block: Json, surface: Surface) => void>> = {
  header: (p, at, b) => {
    p.only(at, b, ['type', 'block_id', 'text']);
    textObject(p, `${at}/text`, b['text'], 150, 'plain_text');
  },
  section: (p, at, b) => {
    p.only(at, b, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand']);
    if (b['text'] === undefined && b['fields'] === undefined) p.add(at, 'one of text and fields is required');
    if (b['text'] !== undefined) textObject(p, `${at}/text`, b['text'], 3000);
    if (b['fields'] !== undefined)
      p.list(`${at}/fields`, b['fields'], 10).forEach((one, i) =>
        textObject(p, `${at}/fields/${i}`, one, 2000),
      );
    if (b['accessory'] !== undefined) element(p, `${at}/accessory`, b['accessory']);
  },
  context: (p, at, b) => {
    p.only(at, b, ['type', 'block_id', 'elements']);
    p.list(`${at}/elements`, b['elements'], 10).forEach((one, i) =>
      textObject(p, `${at}/elements/${i}`, one, 3000),
    );
  },
  divider: (p, at, b) => {
    p.only(at, b, ['type', 'block_id']);
  },
  actions: (p, at, b) => {
    p.only(at, b, ['type', 'block_id', 'elements']);
    p.list(`${at}/elements`, b['elements'], 25).forEach((one, i) => element(p, `${at}/elements/${i}`, one));
  },
  rich_text: (p, at, b) => {
    p.only(at, b, ['type', 'block_id', 'elements']);
    p.list(`${at}/elements`, b['elements'], 1000).forEach((one, i) =>
      richBlock(p, `${at}/elements/${i}`, one),
    );
  },
  input: (p, at, b, surface) => {
    if (surface === 'message') p.add(at, 'unsupported block type: input');
    p.only(at, b, ['type', 'block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action']);
    textObject(p, `${at}/label`, b['label'], 2000, 'plain_text');
    if (b['hint'] !== undefined) textObject(p, `${at}/hint`, b['hint'], 2000, 'plain_text');
    element(p, `${at}/element`, b['element']);
  },
};

function checkBlocks(p: Problems, blocks: unknown, surface: Surface): void {
  p.list('/blocks', blocks, surface === 'message' ? 50 : 100, surface === 'message' ? 1 : 0).forEach(
    (block, i) => {
      const at = `/blocks/${i}`;
      if (!isObject(block)) {
        p.add(at, 'must be a block');
        return;
      }
      const check = BLOCKS[String(block['type'])];
      if (!check) {
        p.add(at, `unsupported block type: ${String(block['type'])}`);
        return;
      }
      check(p, at, block, surface);
      if (block['block_id'] === undefined) return;
      const id = p.text(`${at}/block_id`, block['block_id'], 255) ?? '';
      if (p.blockIds.has(id)) p.add(at, `duplicate block_id: ${id}`);
      p.blockIds.add(id);
    },
  );
}

/** What Slack would say is wrong with a message's blocks; empty when it takes them. */
export function blockProblems(blocks: unknown): readonly string[] {
  const problems = new Problems();
  checkBlocks(problems, blocks, 'message');
  return problems.found;
}

/** Past this many characters in all, Slack answers `msg_blocks_too_long` (slackapi/bolt-js issue 2509). */
export const ALL_BLOCKS = 13_200;

/** What Slack would say is wrong with a view. */
export function viewProblems(view: unknown, surface: 'modal' | 'home'): readonly string[] {
  const problems = new Problems();
  if (!isObject(view)) return ['must be a view'];
  problems.only('', view, [
    'type',
    'title',
    'submit',
    'close',
    'blocks',
    'private_metadata',
    'callback_id',
    'clear_on_close',
    'notify_on_close',
    'external_id',
  ]);
  if (view['type'] !== surface) problems.add('/type', `must be ${surface}`);
  if (surface === 'modal') textObject(problems, '/title', view['title'], 24, 'plain_text');
  for (const part of ['submit', 'close'])
    if (view[part] !== undefined) textObject(problems, `/${part}`, view[part], 24, 'plain_text');
  if (view['private_metadata'] !== undefined)
    problems.text('/private_metadata', view['private_metadata'], 3000, 0);
  if (view['callback_id'] !== undefined) problems.text('/callback_id', view['callback_id'], 255);
  checkBlocks(problems, view['blocks'], surface);
  const inputs =
    Array.isArray(view['blocks']) && view['blocks'].some((one) => isObject(one) && one['type'] === 'input');
  if (surface === 'modal' && inputs && view['submit'] === undefined)
    problems.add('/submit', 'required with input blocks');
  return problems.found;
}

/** What Slack would say is wrong with the choices of an external select. */
export function optionProblems(options: unknown): readonly string[] {
  const problems = new Problems();
  problems.list('/options', options, 100, 0).forEach((one, i) => option(problems, `/options/${i}`, one));
  return problems.found;
}
