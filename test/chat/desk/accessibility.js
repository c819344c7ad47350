// Runs in the page. Its value is a list of sentences of what is wrong.
(() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const outline = (element) => element.outerHTML.slice(0, 80);

  if (!document.documentElement.lang) wrong.push('the page has no language');
  if (!document.title.trim()) wrong.push('the page has no title');
  if (all('main').length !== 1) wrong.push('there is not one main landmark');
  if (all('h1').length !== 1) wrong.push(`there are ${all('h1').length} main headings`);
  for (const nav of all('nav'))
    if (!nav.ariaLabel) wrong.push(`a navigation without a name: ${outline(nav)}`);
  const first = document.querySelector('a');
  if (first?.getAttribute('href') !== '#main') wrong.push('the first link does not skip to the content');

  const levels = all('main h1, main h2, main h3, main h4')
    .filter(shown)
    .map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, index) => {
    if (index > 0 && level > levels[index - 1] + 1)
      wrong.push(`heading ${index + 1} skips from level ${levels[index - 1]} to ${level}`);
  });

  for (const control of all('a[href], button, summary').filter(shown))
    if (!(control.ariaLabel ?? control.innerText).trim()) wrong.push(`nameless: ${outline(control)}`);
  for (const field of all('input:not([type=hidden])'))
    if (!field.labels?.length) wrong.push(`a field without a label: ${outline(field)}`);
  const ids = all('[id]').map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    wrong.push(`the id ${id} is there twice`);
  for (const link of all('a[href^="#"]'))
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1))))
      wrong.push(`a link to nowhere: ${link.hash}`);
  for (const image of all('img'))
    if (!image.hasAttribute('alt')) wrong.push(`an image without alt: ${outline(image)}`);

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const paint = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  };
  const seen = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    colors.forEach(paint);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const element of all('body *').filter(shown)) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (!own || element.closest('.quiet-text, .sr-only, .skip')) continue;
    const grounds = [];
    for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const ground = luminance(seen(grounds));
    const ink = luminance(seen([...grounds, getComputedStyle(element).color]));
    const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
    if (contrast < 4.5) wrong.push(`contrast ${contrast.toFixed(2)}: ${outline(element)}`);
  }
  return wrong;
})();
