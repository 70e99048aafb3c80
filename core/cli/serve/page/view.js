// SPDX-License-Identifier: Apache-2.0
// One document in the page: the server's HTML of it, and the buttons by which it is corrected.
import { adopt, button, element } from "./elements.js";
import { Offsets, ShownText } from "./text.js";
import { draw } from "./server.js";

const MOST_SHOWN = 200;

function rowOf(node) {
  return Number(/\d+$/.exec(node.id)[0]);
}

/** The passages that claim nothing are not in the table: one of them may be a claim all the same. */
function listOthers(corrected, offsets, listed, edit) {
  const rows = corrected.claims.map((claim, row) => ({ claim, row })).filter(({ row }) => !listed.has(row));
  if (rows.length === 0) return null;
  const items = rows.map(({ claim, row }) => {
    const text = offsets.slice([claim.start, claim.end]).replace(/\s+/g, " ");
    return element("li", { dir: "auto" }, text.length > MOST_SHOWN ? text.slice(0, MOST_SHOWN) + "… " : text + " ",
      button("Correct", (event) => edit("claim", row, event.target), { className: "small", ariaLabel: `Correct the claim: ${text.slice(0, 60)}`, id: `edit-claim-${row}` }));
  });
  return element("details", { className: "others" }, element("summary", {}, `Passages that claim nothing: ${rows.length}`), element("ul", {}, ...items));
}

/** What the filters are set to, by their words. */
function readFilters(article) {
  const inputs = article ? [...article.querySelectorAll(".filters input")] : [];
  return new Map(inputs.map((input) => [input.type + input.parentElement.textContent, input.checked]));
}

function setFilters(article, filters) {
  for (const input of article.querySelectorAll(".filters input")) {
    const set = filters.get(input.type + input.parentElement.textContent);
    if (set !== undefined && (set || input.type === "checkbox")) input.checked = set;
  }
}

/** Draws a document into `place`; returns its offsets and where its text is shown. */
export async function show(place, corrected, edit) {
  const article = adopt(await draw(corrected.toRecord()));
  const offsets = new Offsets(corrected.record.text);
  for (const item of article.querySelectorAll(".quotes > li")) {
    const row = rowOf(item);
    item.querySelector(".badge")?.before(button("Correct", (event) => edit("quote", row, event.target),
      { className: "small edit", ariaLabel: `Correct quote ${row + 1}`, id: `edit-quote-${row}` }));
  }
  const listed = new Set();
  for (const line of article.querySelectorAll("table.claims > tbody > tr")) {
    const row = rowOf(line);
    listed.add(row);
    line.lastElementChild.append(button("Correct", (event) => edit("claim", row, event.target),
      { className: "small", ariaLabel: `Correct claim ${row + 1}`, id: `edit-claim-${row}` }));
  }
  const others = listOthers(corrected, offsets, listed, edit);
  const table = article.querySelector("table.claims");
  if (others && table) table.after(others);
  else if (others) article.querySelector(".text").after(others);
  setFilters(article, readFilters(place.querySelector("article")));
  place.replaceChildren(article);
  return { offsets, shown: new ShownText(article.querySelector(".text"), offsets) };
}
