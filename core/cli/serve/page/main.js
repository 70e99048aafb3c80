// SPDX-License-Identifier: Apache-2.0
// The page: articles in, documents shown and corrected, gold out.
import { button, element } from "./elements.js";
import { Corrected } from "./corrections.js";
import { Editor } from "./editor.js";
import { analyse } from "./server.js";
import { show } from "./view.js";

const at = (id) => document.getElementById(id);
const documents = [];
let current = -1;
let pasted = 0;
let isSaved = true;
let opener = "";

function say(message) {
  at("error").textContent = "";
  at("status").textContent = message;
}

function complain(message) {
  at("status").textContent = "";
  at("error").textContent = message;
}

function count(n, one, many = one + "s") {
  return `${n} ${n === 1 ? one : many}`;
}

function describe({ corrected, took }) {
  const claims = corrected.claims.filter(({ label }) => label !== "NFS").length;
  return `${count(corrected.quotes.length, "quote")}, ${count(claims, "claim")}, analysed in ${took < 10 ? took.toFixed(1) : Math.round(took)} ms.`;
}

function titleOf({ metadata, text, id }) {
  return (metadata?.title || text.trim().split("\n")[0] || id).slice(0, 80);
}

function drawList() {
  at("documents").hidden = documents.length < 2;
  at("list").replaceChildren(...documents.map(({ corrected }, i) => {
    const made = button(titleOf(corrected.record), () => open(i));
    if (i === current) made.setAttribute("aria-current", "true");
    const notes = [corrected.isChecked ? "checked" : "", corrected.count > 0 ? `${count(corrected.count, "correction")}` : ""].filter(Boolean);
    return element("li", { dir: "auto" }, made, ...(notes.length ? [element("span", { className: "by" }, " " + notes.join(", "))] : []));
  }));
}

function drawTools() {
  const { corrected } = documents[current];
  const all = documents.reduce((sum, each) => sum + each.corrected.count, 0);
  at("count").textContent = all === 0 ? "No corrections" : count(all, "correction") + (documents.length > 1 ? " in all" : "");
  at("undo").disabled = corrected.count === 0;
  at("checked").checked = corrected.isChecked;
  drawList();
}

/** Draws the document again, without the page moving. */
async function draw() {
  const { corrected } = documents[current];
  const { scrollX, scrollY } = window;
  const { offsets, shown } = await show(at("article"), corrected, edit);
  editor.setDocument(corrected, offsets, shown);
  at("result").hidden = false;
  drawTools();
  window.scrollTo(scrollX, scrollY);
}

async function open(i) {
  editor.close();
  current = i;
  at("article").replaceChildren();
  await draw();
  document.title = `${titleOf(documents[i].corrected.record)} · Aver`;
  say(describe(documents[i]));
}

function edit(what, row, from) {
  opener = from.id;
  document.querySelector(".current")?.classList.remove("current");
  from.closest("li, tr")?.classList.add("current");
  at("work").classList.add("editing");
  if (what === "quote") editor.openQuote(row);
  else editor.openClaim(row);
}

async function redraw(message, focus) {
  isSaved = false;
  editor.close();
  await draw();
  (at(focus) ?? at("add")).focus({ preventScroll: true });
  say(`${message} ${at("count").textContent}.`);
}

const editor = new Editor(at("editor"), {
  closed() {
    at("work").classList.remove("editing");
    document.querySelector(".current")?.classList.remove("current");
    at(opener)?.focus({ preventScroll: true });
  },
  async saved(what, row, columns) {
    const { corrected } = documents[current];
    if (what === "claim") {
      const changed = corrected.setClaim(row, columns, "a claim");
      return changed ? redraw("The claim is corrected.", `edit-claim-${row}`) : editor.close();
    }
    const place = row === null ? corrected.addQuote(columns, "a new quote") : corrected.setQuote(row, columns, `quote ${row + 1}`);
    if (place < 0) return editor.close();
    return redraw(`Quote ${place + 1} is ${row === null ? "added" : "corrected"}.`, `edit-quote-${place}`);
  },
  removed(row) {
    documents[current].corrected.removeQuote(row, `quote ${row + 1}, removed`);
    return redraw(`Quote ${row + 1} is removed.`, `edit-quote-${Math.max(0, row - 1)}`);
  },
});

/** Ids tell documents apart in a file of gold. */
function withOwnId(record) {
  const ids = new Set(documents.map(({ corrected }) => corrected.record.id));
  let { id } = record;
  for (let n = 2; ids.has(id); n++) id = `${record.id} (${n})`;
  return { ...record, id };
}

async function take(name, data) {
  const answer = await analyse(name, data);
  const failures = answer.documents.filter((document) => document.error).map(({ error }) => `${name}: ${error.message}`);
  for (const record of answer.documents)
    if (!record.error) documents.push({ corrected: new Corrected(withOwnId(record)), took: answer.took });
  if (answer.documents.length === 0) failures.push(`${name}: there is no document in it.`);
  return failures;
}

async function takeAll(inputs) {
  const before = documents.length, failures = [];
  at("error").textContent = "";
  at("submit").disabled = true;
  at("status").textContent = "Analysing…";
  for (const [name, data] of inputs) {
    try {
      failures.push(...await take(name, data));
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  at("submit").disabled = false;
  try {
    if (documents.length > before) {
      at("input").open = false;
      await open(before);
      at("result").scrollIntoView();
    } else {
      at("status").textContent = "";
    }
  } catch (error) {
    failures.push(error.message);
  }
  if (failures.length > 0) at("error").textContent = failures.join("\n");
}

function submit(event) {
  event.preventDefault();
  const files = [...at("files").files], text = at("text").value;
  if (files.length > 0) takeFiles(files);
  else if (text.trim() === "") complain("Paste an article first, or choose a file.");
  else takeAll([[`pasted-${++pasted}`, text]]);
}

async function takeFiles(files) {
  await takeAll(files.map((file) => [file.name, file]));
  at("files").value = "";
}

function download() {
  const gold = documents.filter(({ corrected }) => corrected.count > 0 || corrected.isChecked).map(({ corrected }) => corrected.toGold());
  if (gold.length === 0) {
    complain("There is no gold yet: correct something, or say that a document is right as it is.");
    return;
  }
  const url = URL.createObjectURL(new Blob(gold.map((record) => JSON.stringify(record) + "\n"), { type: "application/x-ndjson" }));
  element("a", { href: url, download: "gold.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  isSaved = true;
  say(`gold.jsonl has ${count(gold.length, "document")}.`);
}

at("form").addEventListener("submit", submit);
at("files").addEventListener("change", () => at("files").files.length > 0 && takeFiles([...at("files").files]));
at("example").addEventListener("click", () => {
  at("text").value = at("sample").content.textContent.trim();
  at("form").requestSubmit();
});
at("undo").addEventListener("click", () => {
  const note = documents[current].corrected.undo();
  if (note !== null) redraw(`Taken back: ${note}.`, "undo");
});
at("add").addEventListener("click", () => edit("quote", null, at("add")));
at("checked").addEventListener("change", (event) => {
  documents[current].corrected.isChecked = event.target.checked;
  isSaved = false;
  drawTools();
});
at("save").addEventListener("click", download);
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length > 0) takeFiles([...event.dataTransfer.files]);
});
window.addEventListener("beforeunload", (event) => {
  if (!isSaved) event.preventDefault();
});
at("files").multiple = true;
at("example").hidden = false;
