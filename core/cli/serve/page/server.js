// SPDX-License-Identifier: Apache-2.0
// What is asked of the server, and what went wrong in words.

const WORDS = {
  403: "The server does not take requests under this address.",
  413: "This is larger than the server takes.",
  415: "The server cannot read this kind of file.",
  429: "The server is busy. Try again in a moment.",
  503: "The server is busy or is being stopped. Try again in a moment.",
  504: "The analysis took too long and was given up.",
};

/** An answer that is none, as a person should read it. */
function explain(status, body) {
  let told = "";
  try {
    told = JSON.parse(body).error.message;
  } catch {
    // the answer has no error of the server's
  }
  const words = WORDS[status] ?? (status >= 500 ? "The server failed." : "The server refused this.");
  return new Error(told ? `${words} (${told})` : words);
}

async function post(path, type, body, accept) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "Content-Type": type, Accept: accept }, body });
  } catch {
    throw new Error("The server cannot be reached. Is it still running?");
  }
  const text = await answer.text();
  if (!answer.ok) throw explain(answer.status, text);
  return text;
}

/** The documents of a text or a file, each a record or an error, and how long it took in milliseconds. */
export async function analyse(name, data) {
  const begun = performance.now();
  const isText = typeof data === "string";
  const query = new URLSearchParams({ name, text: "true" });
  const answer = await post(`/v1/documents?${query}`, isText ? "text/plain;charset=utf-8" : "application/octet-stream", data,
    isText ? "application/json" : "application/x-ndjson");
  const took = performance.now() - begun;
  const documents = answer.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  return { documents, took };
}

/** A document as HTML. */
export function draw(record) {
  return post("/article", "application/json", JSON.stringify(record), "text/html");
}
