// Makes a page of the desk live: new messages, answers to commands without a reload, completion. Without it every page
// still reads and every form still works.
'use strict';

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

/** The server escaped it; the page's policy lets no script in it run. */
function element(html) {
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

// ── what this reader has seen ──

const seenCount = (cookie) => {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${cookie}=`));
  return found === undefined ? undefined : Number(found.slice(cookie.length + 1));
};

const remember = (cookie, posts) => {
  document.cookie = `${cookie}=${posts}; path=/; max-age=31536000; samesite=lax`;
};

function showUnread(link, unread) {
  one('.unread', link)?.remove();
  if (!(unread > 0)) return;
  const badge = element('<span class="unread"><span class="quiet-text"> unread</span></span>');
  badge.prepend(String(unread));
  link.append(badge);
}

function countPosts(channels) {
  for (const { channel, posts } of channels) {
    const link = all('[data-channel]').find((candidate) => candidate.dataset.channel === channel);
    if (!link) continue;
    const open = link.getAttribute('aria-current') === 'page';
    if (open && document.visibilityState === 'visible') remember(link.dataset.seen, posts);
    const seen = seenCount(link.dataset.seen);
    if (seen === undefined) remember(link.dataset.seen, posts);
    else if (!open) showUnread(link, posts - seen);
  }
}

// ── live messages ──

function putAtEnd(flow, item, news) {
  one('[data-empty]', flow)?.remove();
  const days = all('[data-day]', flow);
  if (days.at(-1)?.dataset.day !== news.day) flow.append(element(news.divider));
  flow.append(item);
}

function putReply(thread, news) {
  const entry = document.createElement('li');
  entry.append(element(news.html));
  entry.classList.add('arrived');
  one('[data-replies]', thread).append(entry);
}

function putBroadcast(flow, thread, news) {
  const item = element(news.item);
  const headline = thread && one('h3', thread)?.textContent;
  if (headline) one('[data-thread-link]', item).textContent = headline;
  item.classList.add('arrived');
  putAtEnd(flow, item, news);
}

/** Lines elsewhere that lead into the thread bear its headline. */
function replace(there, news) {
  const message = element(news.html);
  there.replaceWith(message);
  const headline = one('h3', message)?.textContent;
  if (!headline) return;
  for (const link of all('[data-thread-link]'))
    if (link.hash === `#t-${news.id}`) link.textContent = headline;
}

function take(flow, news) {
  const there = document.getElementById(`m-${news.id}`);
  if (there) {
    if (Number(there.dataset.change) < news.change) replace(there, news);
    return;
  }
  const thread = news.thread === undefined ? undefined : document.getElementById(`t-${news.thread}`);
  if (thread) putReply(thread, news);
  if (news.thread === undefined) {
    const item = element(news.item);
    item.classList.add('arrived');
    putAtEnd(flow, item, news);
  } else if (news.item !== undefined && !document.getElementById(`b-${news.id}`))
    putBroadcast(flow, thread, news);
}

const RETRY_MS = 3000;

function goLive(channel) {
  const flow = one('[data-flow]', channel);
  const state = one('[data-live-state]', channel);
  const address = new URL(channel.dataset.live, location.href);
  let events;
  const show = (name, text) => {
    state.dataset.state = name;
    if (state.textContent !== text) state.textContent = text;
  };
  const connect = () => {
    // A connection that breaks off is made again by the browser, which names the last change that it got.
    events = new EventSource(address);
    events.onopen = () => show('on', 'live');
    events.onerror = () => {
      show('off', 'connection lost, trying again');
      // It gives up for good when it is answered with an error: then we begin anew where we stopped.
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    };
    events.addEventListener('message', (event) => {
      take(flow, JSON.parse(event.data));
      address.searchParams.set('after', event.lastEventId);
    });
    events.addEventListener('posts', (event) => countPosts(JSON.parse(event.data)));
  };
  connect();
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', (event) => event.persisted && location.reload());
}

// ── commands ──

function showAnswer(html) {
  const answers = one('[data-answers]');
  const answer = element(html);
  for (const button of all('[data-dismiss]', answer)) button.hidden = false;
  answers.append(answer);
  const tall = answer.offsetHeight > one('.scroller').clientHeight;
  answer.scrollIntoView({ block: tall ? 'start' : 'end' });
}

function failed(why) {
  const note = element('<article class="answer tone-error"><h3></h3></article>');
  one('h3', note).textContent = why;
  showAnswer(note.outerHTML);
}

async function run(form) {
  const button = one('button[type=submit]', form);
  button.disabled = true;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: 'text/fragment' },
    });
    if (response.ok) showAnswer(await response.text());
    else failed(`The desk did not take the command: ${(await response.text()).slice(0, 200)}`);
  } catch {
    failed('The desk cannot be reached. Is it still running? The command was not kept: send it again.');
  } finally {
    button.disabled = false;
  }
}

function keepHistory(box, input) {
  const lines = [];
  let at = 0;
  box.addEventListener('submit', () => {
    lines.push(input.value);
    at = lines.length;
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (lines.length === 0 || (input.value !== '' && input.value !== lines[at])) return;
    at = Math.min(Math.max(at + step, 0), lines.length);
    input.value = lines[at] ?? '';
    event.preventDefault();
  });
}

function complete(input) {
  const list = input.list;
  let asked = '';
  input.addEventListener('input', async () => {
    const line = input.value;
    if (!line.startsWith('/') || line === asked) return;
    asked = line;
    const response = await fetch(`${input.dataset.complete}?line=${encodeURIComponent(line)}`).catch(
      () => undefined,
    );
    if (!response?.ok || input.value !== line) return;
    const options = (await response.json()).map((text) => {
      const option = document.createElement('option');
      option.value = text;
      return option;
    });
    list.replaceChildren(...options);
  });
}

function startBox(box) {
  const input = one('input[name=line]', box);
  keepHistory(box, input);
  complete(input);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.closest('input, textarea, select')) return;
    event.preventDefault();
    input.focus();
    if (input.value === '') input.value = '/';
  });
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-command]') || !one('[data-answers]')) return;
  event.preventDefault();
  void run(form);
  if (form.matches('[data-box]')) form.reset();
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-dismiss]');
  if (!button) return;
  button.closest('.answer').remove();
  one('input[name=line]')?.focus();
});

const channel = one('[data-live]');
if (channel) goLive(channel);
const box = one('[data-box]');
if (box) startBox(box);
