import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, readPage } from '../../src/sources/html.ts';

const PARAGRAPH = `<p>Buses left the <b>northern</b> quarter &amp; the <a href="https://x.example">market</a> on Sunday, a monitoring group said, in what it called the second convoy since the deal was reached a week before.</p>`;

describe('readPage', () => {
  it('takes the article and what the head says, and leaves the furniture', () => {
    const page = readPage(`<!doctype html><html lang="en-GB"><head><title>Buses leave | Sample Wire</title>
      <meta property="og:title" content="Buses leave"><meta property="og:site_name" content="Sample Wire">
      <meta property="article:published_time" content="2018-05-20T06:00:00+03:00">
      <link rel="canonical" href="https://wire.example/buses"></head>
      <body><nav>Home Politics</nav><article><h1>Buses leave</h1>${PARAGRAPH}<script>let x = 1</script>
      <figure><img src="a.jpg" alt="A bus"><figcaption>A bus in 2016</figcaption></figure><p>The army <br>denied it.</p></article>
      <aside>Read also: war</aside><footer>© Sample Wire</footer></body></html>`);
    expect(page).toEqual({
      title: 'Buses leave',
      outlet: 'Sample Wire',
      published: '2018-05-20T06:00:00+03:00',
      url: 'https://wire.example/buses',
      language: 'en-GB',
      text: 'Buses leave\n\nBuses left the northern quarter & the market on Sunday, a monitoring group said, in what it called the second convoy since the deal was reached a week before.\n\nThe army\ndenied it.',
    });
  });

  it('reads the whole page when its article is only a teaser', () => {
    const { text } = readPage(`<body><article>See also</article><div>${PARAGRAPH}</div></body>`);
    expect(text).toContain('Buses left the northern quarter');
  });

  it('does with what there is', () => {
    expect(readPage('<title>T</title>Fighters left.')).toEqual({ title: 'T', text: 'Fighters left.' });
    expect(readPage('')).toEqual({ text: '' });
    expect(readPage('<time datetime="2018-05-20">20 May</time>')).toMatchObject({ published: '2018-05-20' });
  });
});

describe('htmlText', () => {
  it.each([
    ['plain & simple, 3 < 4', 'plain & simple, 3 < 4'],
    ['<p>One.</p><p>Two.</p>', 'One.\n\nTwo.'],
    ['a<br>b', 'a\nb'],
    ['&lt;b&gt; &#x627;', '<b> ا'],
    ['<style>p{}</style><script>alert(1)</script>x', 'x'],
  ])('%s', (html, text) => expect(htmlText(html)).toBe(text));

  it('refuses what is nested without end, and bears long flat pages', () => {
    expect(() => htmlText('<div>'.repeat(50_000))).toThrow(RangeError);
    expect(htmlText('x<br>'.repeat(20_000)).match(/x/g)).toHaveLength(20_000);
    expect(htmlText('<p>x<li>'.repeat(20_000))).toContain('x');
  });

  it('makes text of any markup', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<',
        '>',
        '<!--',
        '-->',
        '<![CDATA[',
        '<a href="',
        '&',
        '&#',
        '<table><td>',
        '<ul><li>',
        '<title>',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(typeof readPage(pieces.join('')).text).toBe('string');
        expect(typeof htmlText(pieces.join(''))).toBe('string');
      }),
    );
  });
});
