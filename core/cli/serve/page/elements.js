// SPDX-License-Identifier: Apache-2.0
// Elements made of text, and the one way of the server's HTML into the page.

/** An element; properties that are none of its own are attributes, strings among the children are text. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function button(text, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, text);
}

let counter = 0;

/** A field below its label. */
export function field(text, input) {
  input.id = `field-${++counter}`;
  return element("div", { className: "field" }, element("label", { htmlFor: input.id }, text), input);
}

export function select(values, chosen, words = {}) {
  const made = element("select");
  for (const value of values) made.append(element("option", { value, selected: value === chosen }, words[value] ?? value));
  return made;
}

const policy = globalThis.trustedTypes?.createPolicy("aver", { createHTML: (html) => html });

/** What Aver's renderer wrote, as nodes of this document. All text in it is escaped, and no script runs by it. */
export function adopt(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  return document.adoptNode(parsed.querySelector("article"));
}
