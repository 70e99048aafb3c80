// SPDX-License-Identifier: Apache-2.0
// A document and what a person corrected in it: rows as Aver writes them, each correction another list of rows.

/** The layers that are shown and saved; others do not belong to what is corrected. */
const LAYERS = ["sentence", "quote", "claim"];

/** The names of the columns' values, as the layers have them. */
export const KINDS = ["direct", "indirect", "mixed"];
export const POLARITIES = ["affirmed", "denied", "not_said"];
export const ACTS = ["assertion", "allegation", "denial", "prediction", "promise", "demand", "evaluation", "question"];
export const LABELS = ["NFS", "UFS", "CFS"];

/** Rows in order of their start, as they were where that is the same, and a list that says where each has gone. */
function order(rows) {
  const places = rows.map((row, i) => ({ row, i }));
  places.sort((a, b) => a.row.start - b.row.start || a.i - b.i);
  const moved = [];
  places.forEach(({ i }, at) => { moved[i] = at; });
  return { rows: places.map(({ row }) => row), moved };
}

function isSame(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** From the first to the last byte of its content, cue and source. */
function extent(quote) {
  const spans = [...quote.content, ...quote.cue, ...quote.source];
  return { start: Math.min(...spans.map(([start]) => start)), end: Math.max(...spans.map(([, end]) => end)) };
}

/** Where a claim that a quote makes stands in its new content; null when it is not in it. */
function follow(claim, before, after) {
  const piece = before.content.findIndex(([start, end]) => start === claim.start && end === claim.end);
  if (piece >= 0 && before.content.length === after.content.length)
    return { start: after.content[piece][0], end: after.content[piece][1] };
  const inside = after.content.some(([start, end]) => start <= claim.start && claim.end <= end);
  return inside ? { start: claim.start, end: claim.end } : null;
}

export class Corrected {
  constructor(record) {
    this.record = record;
    this.states = [LAYERS.filter((name) => record.layers[name]).reduce((all, name) => ({ ...all, [name]: record.layers[name] }), {})];
    this.notes = [];
    this.isChecked = false;
  }

  get layers() {
    return this.states[this.states.length - 1];
  }

  get quotes() {
    return this.layers.quote ?? [];
  }

  get claims() {
    return this.layers.claim ?? [];
  }

  get count() {
    return this.notes.length;
  }

  /** The speakers named in the document, each once. */
  get names() {
    return [...new Set(this.quotes.map((quote) => quote.speaker).filter(Boolean))].sort((a, b) => a.localeCompare(b));
  }

  /** The labels to choose from: Aver's, or those that a model of one's own gave. */
  get labels() {
    const given = [...new Set((this.record.layers.claim ?? []).map((claim) => claim.label).filter(Boolean))];
    return given.every((label) => LABELS.includes(label)) ? LABELS : given.sort();
  }

  undo() {
    if (this.notes.length === 0) return null;
    this.states.pop();
    return this.notes.pop();
  }

  #push(quotes, claims, note) {
    const next = { ...this.layers };
    if (quotes) next.quote = quotes;
    if (claims) next.claim = claims;
    this.states.push(next);
    this.notes.push(note);
  }

  /** Puts rows in the place of the quotes; @places says where each of the old ones went, or -1. Returns where they are in order. */
  #setQuotes(quotes, places, claims, note) {
    const { rows, moved } = order(quotes);
    const kept = claims.filter((claim) => claim.quote == null || places[claim.quote] >= 0)
      .map((claim) => (claim.quote == null ? claim : { ...claim, quote: moved[places[claim.quote]] }));
    kept.sort((a, b) => a.start - b.start);
    this.#push(rows, this.layers.claim && kept, note);
    return moved;
  }

  /** Sets some columns of a quote; returns its new row, or -1 when nothing was changed. */
  setQuote(row, columns, note) {
    const before = this.quotes[row];
    if (Object.keys(columns).every((name) => isSame(columns[name], before[name]))) return -1;
    const changed = { ...before, ...columns, confidence: null };
    const after = { ...changed, ...extent(changed) };
    const claims = this.claims.flatMap((claim) => {
      if (claim.quote !== row) return [claim];
      const place = follow(claim, before, after);
      return place ? [{ ...claim, ...place, claimant: after.speaker }] : [];
    });
    const quotes = this.quotes.map((quote, i) => (i === row ? after : quote));
    return this.#setQuotes(quotes, quotes.map((_, i) => i), claims, note)[row];
  }

  addQuote(columns, note) {
    const quote = { start: 0, end: 0, ...columns, confidence: null, modality: "factual" };
    const quotes = [...this.quotes, { ...quote, ...extent(quote) }];
    return this.#setQuotes(quotes, quotes.map((_, i) => i), this.claims, note)[quotes.length - 1];
  }

  removeQuote(row, note) {
    const places = this.quotes.map((_, i) => (i < row ? i : i === row ? -1 : i - 1));
    this.#setQuotes(this.quotes.filter((_, i) => i !== row), places, this.claims, note);
  }

  /** Sets label and act of a claim; scores were those of the label before. Returns whether anything was changed. */
  setClaim(row, { label, act }, note) {
    const before = this.claims[row];
    if (before.label === label && before.act === act) return false;
    const scores = before.label === label ? {} : { checkworthy: null, probability: null };
    this.#push(null, this.claims.map((claim, i) => (i === row ? { ...claim, label, act, ...scores } : claim)), note);
    return true;
  }

  /** The document as Aver writes it. */
  toRecord() {
    const { id, metadata, text } = this.record;
    return { id, metadata, text, layers: this.layers };
  }

  /** The same as gold: `aver eval` asks for the names that are right. */
  toGold() {
    const record = this.toRecord();
    const quote = this.quotes.map((row) => (row.speaker ? { ...row, speaker_names: [row.speaker] } : row));
    return this.layers.quote ? { ...record, layers: { ...record.layers, quote } } : record;
  }
}
