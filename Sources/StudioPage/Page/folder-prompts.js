/** The prompts of a folder: what each says and how long it is, and the one that is chosen, heard. */
import { button, checkbox, choice, element, fill, setText } from "studio/dom.js";
import { counted, lengthText } from "studio/format.js";
import { notify } from "studio/notice.js";
import { PromptCard } from "studio/prompt-card.js";
import { VirtualRows } from "studio/virtual-rows.js";

export class FolderPrompts {
  /**
   * @param {any} page
   * @param {(card: PromptCard) => void} playing is called when one begins to play
   */
  constructor(page, playing) {
    Object.assign(this, { page, playing, prompts: [], card: null });
    this.filter = element("input", {
      type: "search", placeholder: "Filter by name or text", "aria-label": "Filter prompts by name or text", on: { input: () => this.draw() },
    });
    this.kind = choice("Show", [["all", "all"], ["note", "to be looked at"]], "all", () => this.draw());
    this.plays = checkbox("Play what is chosen", true, () => {});
    this.count = element("p", { class: "soft count", role: "status" });
    this.error = element("p", { class: "wrong", role: "alert" });
    this.rows = new VirtualRows({
      role: "listbox", name: "Prompts of the folder", height: 46, render: (prompt) => this.row(prompt),
      choose: (prompt) => this.choose(prompt),
    });
    this.place = element("div", { class: "folder-card" });
    this.node = element(
      "section", { class: "panel folder-prompts", "aria-label": "The prompts of a folder" },
      element("h2", { text: page.session.prompts }),
      element("div", { class: "tools" }, this.filter, this.kind, this.plays, button("Read again", () => this.load(), {
        title: "Look at the folder and its sheet once more",
      })),
      this.count, this.error, this.rows.node, this.place);
  }

  async load() {
    setText(this.error, "");
    try {
      this.prompts = (await this.page.api.folderPrompts()).prompts;
    } catch (error) {
      setText(this.error, error.message);
    }
    this.draw();
  }

  draw() {
    const text = this.filter.value.trim().toLowerCase();
    const isFound = ({ name, text: said }) => name.toLowerCase().includes(text) || (said ?? "").toLowerCase().includes(text);
    const shown = this.prompts.filter((prompt) => (this.kind.select.value === "all" || prompt.note) && isFound(prompt));
    this.rows.show(shown, shown.findIndex(({ name }) => name === this.chosen));
    const part = shown.length === this.prompts.length ? "" : `${shown.length.toLocaleString("en")} of `;
    const noted = this.prompts.filter(({ note }) => note).length;
    setText(this.count, `${part}${counted(this.prompts.length, "prompt")}${noted > 0 ? `; ${noted.toLocaleString("en")} to be looked at` : ""}`);
  }

  row({ name, language, text, duration_ms: duration, note }) {
    return [
      element("span", { class: "name", title: name }, name, language ? element("span", { class: "badge", text: language }) : null),
      element(
        "span", { class: "about" }, element("span", { class: "folder", title: text ?? null, text: text ?? "" }),
        note ? element("span", { class: "wrong", text: note }) : null,
        element("span", { class: "figure", text: typeof duration === "number" ? lengthText(duration) : "" })),
    ];
  }

  async choose({ name, duration_ms: duration }) {
    this.chosen = name;
    this.stop();
    this.card = null;
    fill(this.place);
    if (typeof duration !== "number") return;
    try {
      const prompt = await this.page.api.addFolderPrompt(name);
      // Another one was chosen meanwhile.
      if (this.chosen !== name) return;
      this.card = new PromptCard(this.page.api, prompt, name, this.playing);
      fill(this.place, this.card.node);
      // Who has left the page meanwhile does not want to hear it.
      if (this.plays.input.checked && !this.node.closest("[hidden]")) this.card.toggle();
    } catch (error) {
      notify(`${name}: ${error.message}`, "error");
    }
  }

  stop() {
    this.card?.stop();
  }

  recolour() {
    this.card?.recolour();
  }
}
