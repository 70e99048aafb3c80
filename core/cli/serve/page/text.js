// SPDX-License-Identifier: Apache-2.0
// Places in a text: bytes of UTF-8 as Aver counts, units of UTF-16 as browsers do, and where they are shown.

/** What of an article's text is the page's own. */
const NOT_TEXT = "a.n, a.c, small.who";

export class Offsets {
  constructor(text) {
    this.text = text;
    this.bytes = new Uint32Array(text.length + 1);
    let byte = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.bytes[i] = byte;
      if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
        this.bytes[++i] = byte; // inside a character is its beginning
        byte += 4;
      } else {
        byte += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
      }
    }
    this.bytes[text.length] = byte;
  }

  /** The first unit at that byte. */
  toUnit(byte) {
    let low = 0, high = this.text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bytes[middle] < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  slice([start, end]) {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }

  /** [start, end) in bytes of a range of units, without white space at its ends; null when nothing is left. */
  span(start, end) {
    while (start < end && /\s/.test(this.text[start])) start++;
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    if (isLow(this.text.charCodeAt(end))) end++;
    return start < end ? [this.bytes[start], this.bytes[end]] : null;
  }
}

function isLow(code) {
  return code >= 0xdc00 && code < 0xe000;
}

/** How many units the escape takes by which the text's character at `at` is shown at `i`; 0: it is not. */
function escapeLength(shown, i, text, at) {
  if (shown[i] !== "\\" || at >= text.length) return 0;
  const escape = "\\u" + text.codePointAt(at).toString(16).padStart(4, "0");
  return shown.startsWith(escape, i) ? escape.length : 0;
}

/** Where each unit that is shown stands in the text: the shown text is the same but for escapes and breaks between paragraphs. */
function align(shown, text, at) {
  const places = new Uint32Array(shown.length + 1);
  for (let i = 0; i < shown.length;) {
    const length = shown[i] === text[at] ? 0 : escapeLength(shown, i, text, at);
    if (length > 0) {
      places.fill(at, i, i + length);
      at += text.codePointAt(at) > 0xffff ? 2 : 1;
      i += length;
    } else if (shown[i] === text[at] || (shown[i] === "\n" && text[at] === "\r" && text[at + 1] !== "\n")) {
      places[i++] = at++;
    } else if (at < text.length && /\s/.test(text[at])) {
      at++;
    } else {
      return null;
    }
  }
  places[shown.length] = at;
  return places;
}

/** An article's text in the page. */
export class ShownText {
  constructor(root, offsets) {
    this.root = root;
    this.offsets = offsets;
    this.nodes = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("p") && !node.parentElement.closest(NOT_TEXT) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    for (let at = 0; walker.nextNode();) {
      const node = walker.currentNode;
      const isSpaced = node.nextSibling?.className === "who"; // its last space is the page's own
      const places = align(isSpaced ? node.data.slice(0, -1) : node.data, offsets.text, at);
      if (places === null) break;
      this.nodes.push({ node, places });
      at = places[places.length - 1];
    }
  }

  /** The bytes that are selected, or null. */
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!this.root.contains(range.startContainer) || !this.root.contains(range.endContainer)) return null;
    const inside = this.nodes.filter(({ node }) => range.intersectsNode(node));
    if (inside.length === 0) return null;
    const first = inside[0], last = inside[inside.length - 1];
    const start = first.node === range.startContainer ? range.startOffset : 0;
    const end = last.node === range.endContainer ? range.endOffset : last.node.length;
    return this.offsets.span(first.places[start] ?? first.places.at(-1), last.places[end] ?? last.places.at(-1));
  }
}

/** A text area that shows the text and cannot be changed: for those who select with the keyboard. */
export class TextArea {
  constructor(area, offsets) {
    this.area = area;
    this.offsets = offsets;
    area.value = offsets.text; // line ends become "\n"
    this.places = align(area.value, offsets.text, 0);
    area.addEventListener("beforeinput", (event) => event.preventDefault());
  }

  selected() {
    const { selectionStart, selectionEnd } = this.area;
    if (this.places === null || selectionStart === selectionEnd) return null;
    return this.offsets.span(this.places[selectionStart], this.places[selectionEnd]);
  }

  /** Selects bytes, and shows them. */
  select([start, end]) {
    if (this.places === null) return;
    const unit = (byte) => Math.max(0, this.places.indexOf(this.offsets.toUnit(byte)));
    const from = unit(start);
    this.area.setSelectionRange(from, unit(end));
    const line = this.area.scrollHeight / Math.max(1, this.area.value.length);
    this.area.scrollTop = Math.max(0, from * line - this.area.clientHeight / 3);
  }
}
