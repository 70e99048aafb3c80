// SPDX-License-Identifier: Apache-2.0
// The panel in which a quote or a claim is corrected.
import { button, element, field, select } from "./elements.js";
import { ACTS, KINDS, POLARITIES } from "./corrections.js";
import { TextArea } from "./text.js";

const ROLES = { content: "What is said", source: "Words for the speaker", cue: "Reporting words" };
const POLARITY_WORDS = { not_said: "not said" };
const LABEL_WORDS = { NFS: "NFS: no factual claim", UFS: "UFS: a claim, unimportant", CFS: "CFS: worth checking" };
const MOST_SHOWN = 160;

function cut(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > MOST_SHOWN ? line.slice(0, MOST_SHOWN - 1) + "…" : line;
}

/** The quote that a selection would make. */
function draftOf(span, offsets) {
  const text = span ? offsets.slice(span) : "";
  const marks = /^["'“‘«„]/.test(text);
  return { content: span ? [span] : [], cue: [], source: [], speaker: null, kind: marks ? "direct" : "indirect", polarity: "affirmed" };
}

export class Editor {
  /** @param panel where it is shown; @param events saved(what, columns), removed(), closed() */
  constructor(panel, events) {
    this.panel = panel;
    this.events = events;
    this.held = null;
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    document.addEventListener("selectionchange", () => this.#hold());
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  /** Which document is shown, and where. */
  setDocument(corrected, offsets, shown) {
    this.corrected = corrected;
    this.offsets = offsets;
    this.shown = shown;
    this.held = null;
  }

  #hold() {
    const inArea = this.area && document.activeElement === this.area.area;
    const span = inArea ? this.area.selected() : this.shown?.selected();
    if (!span) return;
    this.held = span;
    this.#showHeld();
  }

  #showHeld() {
    this.selection?.replaceChildren(this.held ? element("span", { className: "piece", dir: "auto" }, cut(this.offsets.slice(this.held))) : "nothing yet");
  }

  close() {
    if (!this.isOpen) return;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.area = this.selection = null;
    this.events.closed();
  }

  #show(title, ...children) {
    const heading = element("h3", { id: "editor-title", tabIndex: -1 }, title);
    this.panel.replaceChildren(heading, ...children);
    this.panel.hidden = false;
    heading.focus({ preventScroll: true });
    this.panel.scrollTop = 0;
  }

  #actions(save, ...others) {
    return element("div", { className: "actions" }, element("button", { type: "submit", className: "primary" }, save),
      button("Cancel", () => this.close()), ...others);
  }

  #form(onsubmit, ...children) {
    return element("form", { onsubmit: (event) => { event.preventDefault(); onsubmit(); } }, ...children);
  }

  /* One of content, source and cue, with what it is set by. */
  #role(role) {
    const shown = element("span");
    const draw = () => {
      const words = this.draft[role].map((span) => element("span", { className: "piece", dir: "auto" }, cut(this.offsets.slice(span))));
      shown.replaceChildren(...(words.length > 0 ? words : ["none"]));
    };
    const use = (add) => {
      if (!this.held) return this.#refuse("Select words in the text first: here, or in the article.");
      const others = add ? this.draft[role].filter(([start, end]) => end <= this.held[0] || start >= this.held[1]) : [];
      this.draft[role] = [...others, this.held].sort((a, b) => a[0] - b[0]);
      this.error.textContent = "";
      return draw();
    };
    draw();
    const name = ROLES[role].toLowerCase();
    const extra = role === "content"
      ? button("Add selection", () => use(true), { ariaLabel: `Add selection to ${name}` })
      : button("None", () => { this.draft[role] = []; draw(); }, { ariaLabel: `None as ${name}` });
    return element("div", { className: "role", role: "group", ariaLabel: ROLES[role] }, element("div", {}, element("b", {}, ROLES[role] + ": "), shown),
      element("div", { className: "pair-of" }, button("Use selection", () => use(false), { ariaLabel: `Use selection as ${name}` }), extra));
  }

  #refuse(message) {
    this.error.textContent = message;
  }

  #words() {
    const area = element("textarea", { rows: 5, spellcheck: false, inputMode: "none", autocomplete: "off" });
    this.selection = element("output");
    const shown = element("fieldset", {}, element("legend", {}, "Words"),
      field("Select words here, or in the article", area),
      element("p", { className: "held" }, "Selected: ", this.selection));
    for (const role of Object.keys(ROLES)) shown.append(this.#role(role));
    return { area, shown };
  }

  openQuote(row) {
    const quote = row === null ? draftOf(this.held ?? this.shown?.selected(), this.offsets) : this.corrected.quotes[row];
    const { content, cue, source } = quote;
    this.draft = { content, cue, source };
    const speaker = element("input", { value: quote.speaker ?? "", autocomplete: "off", maxLength: 500, list: "names" });
    const names = element("datalist", { id: "names" }, ...this.corrected.names.map((value) => element("option", { value })));
    const kind = select(KINDS, quote.kind ?? "indirect");
    const polarity = select(POLARITIES, quote.polarity ?? "affirmed", POLARITY_WORDS);
    const words = this.#words();
    const save = () => {
      const columns = { ...this.draft, speaker: speaker.value.trim() || null, kind: kind.value, polarity: polarity.value };
      if (columns.content.length === 0) return this.#refuse("A quote needs what is said: select it, and use it as such.");
      return this.events.saved("quote", row, columns);
    };
    const remove = row === null ? [] : [button("Remove this quote", () => this.events.removed(row), { className: "danger" })];
    const error = element("p", { className: "wrong", role: "alert" });
    this.#show(row === null ? "A new quote" : `Quote ${row + 1}`, this.#form(save,
      field("Speaker (empty: nobody is named)", speaker), names,
      element("div", { className: "two" }, field("Kind", kind), field("Polarity", polarity)),
      words.shown, error, this.#actions("Save correction", ...remove)));
    this.error = error;
    this.area = new TextArea(words.area, this.offsets);
    words.area.addEventListener("select", () => this.#hold());
    if (content.length > 0) this.area.select(content[0]);
    this.held = row === null && content.length > 0 ? content[0] : null;
    this.#showHeld();
  }

  openClaim(row) {
    const claim = this.corrected.claims[row];
    const label = select(this.corrected.labels, claim.label, LABEL_WORDS);
    const act = select(["", ...ACTS], claim.act ?? "", { "": "none" });
    this.#show(`Claim of ${claim.claimant || "the article"}`,
      element("blockquote", { dir: "auto" }, cut(this.offsets.slice([claim.start, claim.end]))),
      this.#form(() => this.events.saved("claim", row, { label: label.value, act: act.value || null }),
        field("Label", label), field("What the speaker does with it", act), this.#actions("Save correction")));
  }
}
