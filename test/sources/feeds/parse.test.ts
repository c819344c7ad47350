import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemReport } from '../../../src/sources/feeds/item.ts';
import { parseItems } from '../../../src/sources/feeds/parse.ts';
import { listed } from '../kept.ts';
import { rss } from './server.ts';

const origin = {
  source: listed('sample-wire', 'Sample Wire'),
  url: 'https://wire.example/news/feed.xml',
  baseline: false,
};

function reports(text: string, charset?: string) {
  const parsed = parseItems(Buffer.from(text), charset);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.items.map((item) => {
    const result = itemReport(item, origin);
    return result.ok ? result.raw : result.why;
  });
}
const whyNot = (text: string): string => {
  const parsed = parseItems(Buffer.from(text), undefined);
  return parsed.ok ? 'it was read' : parsed.why;
};

describe('RSS', () => {
  it('yields reports, the oldest first', () => {
    const text = rss([
      {
        guid: '2',
        title: 'Second',
        text: 'Buses left.',
        date: 'Sun, 20 May 2018 09:00:00 +0300',
        link: '/2',
      },
      { guid: '1', title: 'First' },
    ]);
    expect(reports(text)).toMatchObject([
      { guid: '1', text: 'First', title: 'First' },
      {
        guid: '2',
        title: 'Second',
        text: 'Second\n\nBuses left.',
        url: 'https://wire.example/2',
        published: '2018-05-20T06:00:00.000Z',
        outlet: 'Sample Wire',
      },
    ]);
  });

  it('turns markup into text, in titles too', () => {
    const text = rss([
      {
        title: 'Army &amp;amp; rebels',
        text: '&lt;p&gt;Buses &lt;b&gt;left&lt;/b&gt;.&lt;/p&gt;&lt;img src=x onerror=alert(1)&gt;',
      },
    ]);
    expect(reports(text)).toMatchObject([{ title: 'Army & rebels', text: 'Army & rebels\n\nBuses left.' }]);
  });

  it('takes the whole text where there is one', () => {
    const content =
      '<content:encoded><![CDATA[<p>Buses left the camp.</p><p>The army denied it.</p>]]></content:encoded>';
    const text = rss([{ title: 'Buses', text: 'Buses left…' }])
      .replace('<rss', '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"')
      .replace('</item>', `${content}</item>`);
    expect(reports(text)).toMatchObject([
      { title: 'Buses', text: 'Buses left the camp.\n\nThe army denied it.' },
    ]);
  });

  it('does not say the title twice', () => {
    expect(reports(rss([{ title: 'Buses left', text: 'Buses left the camp.' }]))).toMatchObject([
      { text: 'Buses left the camp.' },
    ]);
  });

  it('takes a guid for the address only when it is one', () => {
    expect(reports(rss([{ guid: 'https://wire.example/1', title: 'Buses left' }]))).toMatchObject([
      { url: 'https://wire.example/1' },
    ]);
    const [report] = reports(rss([{ guid: 'tag:1', title: 'Buses left', link: 'javascript:alert(1)' }]));
    expect(report).not.toHaveProperty('url');
  });

  it('leaves an item without words, and dates that nobody can read', () => {
    expect(reports(rss([{ guid: '1', title: '***' }]))).toEqual(['it has no text']);
    expect(reports(rss([{ title: 'Buses left', date: 'last Sunday' }]))[0]).not.toHaveProperty('published');
  });
});

describe('other formats', () => {
  it('Atom, with relative addresses and texts of either kind', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://cdn.example/a/"><title>t</title>
      <entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link rel="enclosure" href="x.mp3"/><link href="b/1"/>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
      <published>2018-05-20T06:00:00Z</published><updated>2018-05-21T06:00:00Z</updated></entry>
      <entry><id>urn:0</id><title>3 &lt; 4 buses</title><summary>Plain &lt;b&gt; text</summary><updated>2018-05-19T06:00:00Z</updated></entry></feed>`;
    expect(reports(atom)).toMatchObject([
      {
        guid: 'urn:0',
        title: '3 < 4 buses',
        text: '3 < 4 buses\n\nPlain <b> text',
        published: '2018-05-19T06:00:00.000Z',
      },
      {
        guid: 'urn:1',
        title: 'A & B',
        text: 'One.\n\nTwo.',
        url: 'https://cdn.example/a/b/1',
        published: '2018-05-20T06:00:00.000Z',
        language: 'ar',
      },
    ]);
  });

  it('RDF', () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://wire.example"><title>t</title><link>https://wire.example</link><description>d</description></channel>
      <item rdf:about="https://wire.example/1"><title>Buses left</title><link>https://wire.example/1</link><dc:date>2018-05-20</dc:date></item></rdf:RDF>`;
    expect(reports(rdf)).toMatchObject([
      {
        guid: 'https://wire.example/1',
        url: 'https://wire.example/1',
        published: '2018-05-20T00:00:00.000Z',
      },
    ]);
  });

  it('JSON Feed', () => {
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 't',
      items: [
        {
          id: '1',
          url: '/1',
          title: 'Buses',
          content_html: '<p>Buses left.</p>',
          date_published: '2018-05-20T06:00:00Z',
        },
      ],
    };
    expect(reports(JSON.stringify(json))).toMatchObject([
      {
        guid: '1',
        text: 'Buses left.',
        url: 'https://wire.example/1',
        published: '2018-05-20T06:00:00.000Z',
      },
    ]);
  });

  it('in the encoding that the server names', () => {
    const head = Buffer.from('<rss version="2.0"><channel><item><title>');
    const tail = Buffer.from('</title></item></channel></rss>');
    const bytes = Buffer.concat([head, Buffer.from([0xd3, 0xe6, 0xd1, 0xed, 0xc7]), tail]);
    const parsed = parseItems(bytes, 'windows-1256');
    expect(parsed.ok && parsed.items[0]?.title?.text).toBe('سوريا');
  });
});

describe('what is no feed', () => {
  it.each([
    [
      '<!doctype html><html><body>Hello',
      'a web page is there and no feed; look for the address of its feed (often /feed, /rss or /atom.xml)',
    ],
    [
      '<rss><channel><item>',
      'it is no feed that can be read (Invalid feed format); RSS, Atom, RDF and JSON Feed can',
    ],
    ['', 'it is no feed that can be read (Unrecognized feed format); RSS, Atom, RDF and JSON Feed can'],
    ['{}', 'it is no feed that can be read (Unrecognized feed format); RSS, Atom, RDF and JSON Feed can'],
  ])('%s is named', (text, why) => expect(whyNot(text)).toBe(why));

  it('cannot make its entities grow', () => {
    const lines = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">${lines.join('')}]>${rss([{ title: '&e20; bomb' }]).replace(/^<\?xml[^>]*>/, '')}`;
    const parsed = parseItems(Buffer.from(bomb), undefined);
    expect(JSON.stringify(parsed).length).toBeLessThan(1000);
  });

  it('is a reason, whatever it is', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '<rss version="2.0">',
        '<channel>',
        '<item>',
        '</item>',
        '<title>',
        '</title>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '<entry>',
        '</entry>',
        '<![CDATA[',
        ']]>',
        '<link href="',
        '"/>',
        '<guid>',
        '</guid>',
        '</channel>',
        '</rss>',
        '&amp;',
        '&#x',
        '{"version":"https://jsonfeed.org/version/1","items":[',
        '{"id":1}',
        ']}',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const parsed = parseItems(Buffer.from(parts.join('')), undefined);
        if (parsed.ok) for (const item of parsed.items) itemReport(item, origin);
        else expect(parsed.why).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
