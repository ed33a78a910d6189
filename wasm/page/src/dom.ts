// Elements without markup: text is always a text node.

export type Child = Node | string | null | undefined | false | Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

function give(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
}

function add(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** An element; a function among the attributes listens to the event of its name. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  give(element, attributes, children);
  return element;
}

/** Puts children in place of those an element has. */
export function put(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  add(element, children);
}

/** An element of a drawing. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  give(element, attributes, children);
  return element;
}

/** Lets the browser lay out, draw and answer before more is done. */
export const pause = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Scrolls only the box that scrolls, never the page around it, to what is at `target`; `top` and `left` of the box are covered. */
export function bringIntoView(box: HTMLElement, target: { getBoundingClientRect(): DOMRect }, { top = 0, left = 0 } = {}): void {
  const [outer, inner] = [box.getBoundingClientRect(), target.getBoundingClientRect()];
  const [first, start] = [outer.top + top, outer.left + left];
  const inside = inner.top >= first + 24 && inner.bottom <= outer.bottom - 24;
  if (!inside) box.scrollBy({ top: inner.top - first - (outer.bottom - first - inner.height) / 2 });
  if (inner.left < start || inner.right > outer.right) box.scrollBy({ left: inner.left - start - (outer.right - start) / 3 });
}
