/** The page: its tabs, what they share, files dropped on it, and keys. */
import { api } from "studio/api.js";
import { element, isTyping } from "studio/dom.js";
import { DetectView } from "studio/detect-view.js";
import { complain, notify } from "studio/notice.js";
import { PageStateStore } from "studio/page-state.js";
import { PhoneView } from "studio/phone-view.js";
import { PromptsView } from "studio/prompts-view.js";
import { Recordings } from "studio/recordings.js";
import { Catalogue } from "studio/settings.js";
import { ShortcutHelp } from "studio/shortcut-help.js";
import { themeButton } from "studio/theme.js";
import { TuneView } from "studio/tune-view.js";

const tabs = [["detect", "Detect"], ["tune", "Tune"], ["prompts", "Prompts"], ["phone", "Phone"]];

async function start() {
  const recordings = new Recordings(api);
  const [session] = await Promise.all([api.session(), recordings.refresh()]);
  const catalogue = new Catalogue(session);
  const state = new PageStateStore((name) => catalogue.has(name));
  const page = { api, session, catalogue, state, recordings };
  const views = { detect: new DetectView(page), tune: new TuneView(page), prompts: new PromptsView(page) };
  if (session.handlers.length > 0) views.phone = new PhoneView(page);
  // Who names no recordings comes for the others.
  if (session.total === 0 && location.hash.length < 2) {
    state.now.view = views.phone ? "phone" : session.prompts ? "prompts" : state.now.view;
  }
  const shortcuts = new ShortcutHelp();

  const links = tabs.filter(([name]) => name in views).map(([name, text]) => element("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, text, on: { click: () => state.set({ view: name }) },
  }));
  const list = element("div", { class: "tabs", role: "tablist", "aria-label": "Views", on: { keydown: (event) => moveTab(event, links) } }, ...links);
  document.querySelector("#tabs").append(list);
  document.querySelector("#tools").append(shortcuts.button, themeButton(() => {
    for (const view of Object.values(views)) view.recolour();
  }));
  const main = document.querySelector("main");
  // The fragment is the page's state, not a place in it.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  for (const [name, view] of Object.entries(views)) {
    Object.assign(view.node, { id: `view-${name}`, hidden: true });
    view.node.setAttribute("role", "tabpanel");
    view.node.setAttribute("aria-labelledby", `tab-${name}`);
  }
  main.replaceChildren(...Object.values(views).map((view) => view.node));

  let shown = null;
  function update() {
    // A link may lead to a phone that this studio has not.
    const view = state.now.view in views ? state.now.view : "detect";
    if (view === shown) return;
    if (shown) views[shown].leave();
    shown = view;
    for (const [name, { node }] of Object.entries(views)) node.hidden = name !== view;
    for (const link of links) {
      const isChosen = link.id === `tab-${view}`;
      link.setAttribute("aria-selected", String(isChosen));
      link.tabIndex = isChosen ? 0 : -1;
    }
    views[view].update();
  }
  state.addEventListener("change", update);
  update();

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target) || event.defaultPrevented) return;
    if (shortcuts.isOpen) return;
    if (event.key === "?") shortcuts.open();
    // Space presses the button or box that has the focus.
    else if (event.key === " " && event.target.closest?.("button:not([role=tab]), input, summary")) return;
    else if (!shortcuts.isOn || !views[shown].key(event)) return;
    event.preventDefault();
  });
  acceptDrops((files) => {
    if (shown === "prompts") views.prompts.add(files);
    else if (shown === "tune" && files.every((file) => /\.(csv|txt|textgrid|rttm)$/i.test(file.name))) views.tune.importLabels(files);
    else {
      if (shown === "phone") state.set({ view: "detect" });
      views.detect.list.add(files);
    }
  });
  recordings.dispatchEvent(new Event("change"));
}

function moveTab(event, links) {
  const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
  const place = links.indexOf(document.activeElement);
  const next = links[(place + direction + links.length) % links.length];
  event.preventDefault();
  next.click();
  next.focus();
}

/** Files dropped anywhere on the page are taken. */
function acceptDrops(take) {
  const veil = element("div", { class: "veil", hidden: true }, element("p", { text: "Drop audio files here" }));
  document.body.append(veil);
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files].filter((file) => file.size > 0);
    if (files.length > 0) take(files);
    else notify("Folders can't be dropped: start rtmedia studio with the folder, or drop the files in it.", "error");
  });
}

start().catch((error) => {
  document.querySelector("main").replaceChildren(element("p", { class: "empty", text: error.message }));
  complain(error);
});
