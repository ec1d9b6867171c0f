/** The server's answers. */

/**
 * Asks the server.
 *
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} one that is not an error
 */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Error("The server does not answer. Is rtmedia studio still running?");
  }
  if (response.ok) return response;
  if (response.status === 401) {
    throw new Error("This page may not ask the server any more: open the address that rtmedia studio printed when it started.");
  }
  let text = `The server answered ${response.status}.`;
  try {
    text = (await response.json()).error ?? text;
  } catch {
    // It was not JSON: the status says what there is to say.
  }
  throw new Error(text);
}

const json = async (path, options) => (await ask(path, options)).json();
const body = (method, value) => ({
  method, headers: { "content-type": "application/json" }, body: JSON.stringify(value),
});
const recording = (id) => `/api/recordings/${encodeURIComponent(id)}`;
const prompt = (id) => `/api/prompts/${encodeURIComponent(id)}`;

/** The server as a source of recordings; a report has another with the same functions. */
export const api = {
  session: () => json("/api/session"),
  recordings: (since) => json(`/api/recordings?since=${since}`),
  audioURL: (id) => `${recording(id)}/audio.wav`,
  detect: (id, settings) => json(`${recording(id)}/detect`, body("POST", settings)),
  judge: (settings) => json("/api/judge", body("POST", settings)),
  /** @param {{label: string|null, name: string|null}} value with the label's name as its file has it; null for the usual one */
  setLabel: (id, { label, name }) => json(`${recording(id)}/label`, body("PUT", { label, text: name })),
  intervals: (id) => json(`${recording(id)}/intervals`),
  setIntervals: (id, intervals) => json(`${recording(id)}/intervals`, body("PUT", { intervals })),
  labelsURL: (format, id) => `/api/labels?format=${format}${id ? `&id=${encodeURIComponent(id)}` : ""}`,
  /** @param {string|null} id the recording that a file of one recording is about, if its name does not say */
  importLabels: (name, data, id) =>
    json(`/api/labels?${new URLSearchParams({ name, ...(id ? { id } : {}) })}`, { method: "POST", body: data }),
  startSearch: (prices) => json("/api/search", body("POST", { prices })),
  search: () => json("/api/search"),
  stopSearch: () => ask("/api/search", { method: "DELETE" }),
  addRecording: (name, data) =>
    json(`/api/recordings?name=${encodeURIComponent(name)}`, { method: "POST", body: data }),

  addPrompt: (name, data, options) =>
    json(`/api/prompts?${new URLSearchParams({ name, ...options })}`, { method: "POST", body: data }),
  folderPrompts: () => json("/api/prompts"),
  /** @param {string} name as `folderPrompts` has it */
  addFolderPrompt: (name) => json(`/api/prompts?${new URLSearchParams({ file: name })}`, { method: "POST" }),
  sayPrompt: (request) => json("/api/prompts/say", body("POST", request)),
  promptAudioURL: (id, as) => `${prompt(id)}/audio.wav?as=${as}`,
  promptText: async (id, form) => (await ask(`${prompt(id)}/${form}`)).text(),

  sendAgain: (handler, text) => json("/api/phone/send", body("POST", { handler, body: text })),
  savedCallURL: (id, file) => `/api/phone/calls/${encodeURIComponent(id)}/${file}`,

  /** @returns {Promise<ArrayBuffer>} see `readPicture` */
  picture: async (id, { from, to, columns, isAdaptive }) =>
    (await ask(
      `${recording(id)}/picture?from=${from}&to=${to}&columns=${columns}${isAdaptive ? "&threshold=adaptive" : ""}`
    )).arrayBuffer(),
  promptPicture: async (id, as, columns) => (await ask(`${prompt(id)}/picture?as=${as}&columns=${columns}`)).arrayBuffer(),
};
